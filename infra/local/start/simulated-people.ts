import { fractionOf } from '#shared/core/identity/fnv1a64.ts';
import { hourMs, minuteMs, secondMs } from '#shared/kernel/instant.ts';
import type { MailOutcome, MailPeople } from '#infra/local/ses/mail-people.ts';
import { replyIn, type SimulatedReply } from './simulated-replies.ts';
import type { CallOutcome, IncomingContact, People, SmsOutcome } from '#infra/local/twilio/people.ts';

/**
 * How the people of the local run behave: invented shares, chosen so that every path of the machine is seen, and no claim
 * about real debtors. Everything hangs on the seed and the contact alone, so the same run gives the same people.
 */
interface Share<T> {
  readonly share: number;
  readonly outcome: T;
}

const smsShares: readonly Share<SmsOutcome>[] = [
  { share: 0.92, outcome: { kind: 'delivered', delayMs: 4 * secondMs } },
  { share: 0.03, outcome: { kind: 'undelivered', errorCode: 30003, delayMs: 20 * secondMs } },
  { share: 0.02, outcome: { kind: 'undelivered', errorCode: 30005, delayMs: 10 * secondMs } },
  { share: 0.01, outcome: { kind: 'refused', errorCode: 21610 } },
  { share: 0.02, outcome: { kind: 'no_report' } },
];

const ringMs = 8 * secondMs;

const callShares: readonly Share<CallOutcome>[] = [
  { share: 0.4, outcome: { kind: 'human', ringMs, gathers: [{ digits: '1' }] } },
  { share: 0.1, outcome: { kind: 'human', ringMs, gathers: ['nothing'] } },
  { share: 0.2, outcome: { kind: 'machine', ringMs, greetingMs: 7 * secondMs, beep: true } },
  { share: 0.22, outcome: { kind: 'no_answer' } },
  { share: 0.06, outcome: { kind: 'busy', ringMs } },
  { share: 0.02, outcome: { kind: 'failed', ringMs } },
];

const mailShares: readonly Share<MailOutcome>[] = [
  { share: 0.94, outcome: { kind: 'delivered', delayMs: 5 * secondMs } },
  { share: 0.02, outcome: { kind: 'bounced', type: 'Permanent', delayMs: 30 * secondMs } },
  { share: 0.01, outcome: { kind: 'bounced', type: 'Transient', delayMs: 30 * secondMs } },
  { share: 0.01, outcome: { kind: 'complained', delayMs: 5 * secondMs, complainAfterMs: hourMs } },
  { share: 0.02, outcome: { kind: 'no_report' } },
];

/** What somebody does about the money after a contact has reached them. */
export type Response =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pays'; readonly share: number; readonly afterMs: number }
  /** Tells an agent a day, some days ahead, and then pays so much of it on that day. */
  | { readonly kind: 'promises'; readonly days: number; readonly paidShare: number };

const responseShares: readonly Share<Response>[] = [
  { share: 0.16, outcome: { kind: 'pays', share: 1, afterMs: 40 * minuteMs } },
  { share: 0.1, outcome: { kind: 'pays', share: 1, afterMs: 20 * hourMs } },
  { share: 0.06, outcome: { kind: 'pays', share: 0.5, afterMs: 3 * hourMs } },
  { share: 0.07, outcome: { kind: 'promises', days: 5, paidShare: 1 } },
  { share: 0.04, outcome: { kind: 'promises', days: 3, paidShare: 0 } },
  { share: 0.02, outcome: { kind: 'promises', days: 4, paidShare: 0.5 } },
  { share: 0.55, outcome: { kind: 'nothing' } },
];

/** The people behind the simulated telephones, for a seed. */
export function simulatedPeople(seed: string): People {
  return {
    sms: (contact) => pick(smsShares, keyOf(seed, contact)),
    call: (contact) => pick(callShares, keyOf(seed, contact)),
  };
}

/** The people behind the simulated mailboxes, for a seed. */
export function simulatedMailboxes(seed: string): MailPeople {
  return ({ to, contactId, earlier }) => pick(mailShares, `${seed}/mail/${contactId ?? `${to}/${earlier}`}`);
}

/** What somebody does once a contact has reached them. */
export function simulatedResponse(seed: string, contactId: string): Response {
  return pick(responseShares, `${seed}/response/${contactId}`);
}

/** Of those who do nothing about the money at first. */
const replyShares: readonly Share<SimulatedReply | undefined>[] = [
  { share: 0.08, outcome: 'promises' },
  { share: 0.02, outcome: 'stops' },
  { share: 0.01, outcome: 'isSomebodyElse' },
  { share: 0.03, outcome: 'hasPaid' },
  { share: 0.03, outcome: 'wantsLink' },
  { share: 0.01, outcome: 'isHardUp' },
  { share: 0.02, outcome: 'isUnclear' },
  { share: 0.8, outcome: undefined },
];

/** What somebody writes back to a text; undefined for most. Who pays or calls does not also write. */
export function simulatedReply(seed: string, contactId: string, locale: string): string | undefined {
  if (simulatedResponse(seed, contactId).kind !== 'nothing') return undefined;
  const reply = pick(replyShares, `${seed}/reply/${contactId}`);
  return reply === undefined ? undefined : replyIn(reply, locale);
}

function keyOf(seed: string, { kind, to, earlier, contactId }: IncomingContact): string {
  return `${seed}/${kind}/${contactId ?? `${to}/${earlier}`}`;
}

function pick<T>(shares: readonly Share<T>[], key: string): T {
  let left = fractionOf(key);
  for (const { share, outcome } of shares) {
    if (left < share) return outcome;
    left -= share;
  }
  const last = shares.at(-1);
  if (last === undefined) throw new Error('a table of shares must not be empty');
  return last.outcome;
}
