import type { AttemptChange, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { WakeMessage } from '#shared/contracts/queue-message.ts';
import { decide } from '#shared/core/decision/decide.ts';
import {
  contactEvidence,
  withheldEvidence,
  type DecisionSetting,
} from '#shared/core/decision/decision-evidence.ts';
import type { Decision, PlannedContact } from '#shared/core/decision/decision.ts';
import { stopForContact } from '#shared/core/stops/stop-for-contact.ts';
import { minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { SendResult } from '#shared/ports/message-sender.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { applyDecision } from './apply-decision.ts';
import type { Composed, ContactChannel } from './contact-channel.ts';
import { nextWakeUp } from './next-wake-up.ts';
import { loadSettled } from './load-settled.ts';

/** How often facts are loaded afresh when somebody else changes the person meanwhile. */
const conflictsMax = 8;
/** A contact that was stopped between its reservation and its sending is decided on afresh after this time, in milliseconds. */
const stoppedRetryMs = minuteMs;

export interface SendParts<M> {
  readonly store: DebtorStore;
  readonly clock: Clock;
  readonly rules: RulesSource;
  readonly channel: ContactChannel<M>;
}

/** What became of a wake-up: a contact with its first state, or what was decided instead. */
export type SendOutcome =
  | { readonly kind: 'accepted' | 'failed'; readonly contactId: string }
  | { readonly kind: 'withheld'; readonly decided: Decision['kind'] }
  | { readonly kind: 'nobody' };

/** The provider may or may not have sent: the wake-up has to come again so that it can be asked. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/**
 * A wake-up for a channel has come: settle what is still unknown, load the facts, decide again, reserve the contact in the
 * person's ledger, and only then send. A contact whose reservation fails is decided afresh; one that was reserved is never
 * sent a second time, whatever happens after.
 *
 *     decide ──▶ reserve (if nothing changed since the facts) ──▶ provider ──▶ record
 *                                                        crash here ┴─▶ the queue delivers again ─▶ settle, never resend
 *
 * @throws OutcomeUnknownError when the provider's answer leaves the outcome open, so that the queue delivers again.
 */
export async function sendContact<M>(message: WakeMessage, parts: SendParts<M>): Promise<SendOutcome> {
  const { store, clock, channel } = parts;
  for (let conflicts = 0; conflicts <= conflictsMax; conflicts += 1) {
    const person = await (conflicts === 0
      ? loadSettled(message.debtorId, parts)
      : store.load(message.debtorId));
    if (person === null) return { kind: 'nobody' };
    const rules = await parts.rules.current();
    const now = clock.now();
    const facts = { person, rules, now, wokenFor: toInstant(message.wakeAt) };
    const decision = decide(person, rules, now);
    if (decision.kind !== 'contact' || decision.contact.channel !== channel.channel) {
      if ((await applyDecision(decision, facts, { store, rules })) === 'conflict') continue;
      await recordWithheld(facts, parts);
      return { kind: 'withheld', decided: decision.kind };
    }
    const prepared = await prepare(decision.contact, facts, channel);
    if (await isReserved(decision.contact, { ...facts, link: prepared.link }, store))
      return deliver(decision.contact, prepared.composed, { ...parts, person });
  }
  throw new Error(
    `${message.debtorId} changed ${String(conflictsMax + 1)} times while being contacted: let the queue try again`,
  );
}

/** The message and the personal link in it, before anything is written. */
async function prepare<M>(contact: PlannedContact, facts: DecisionSetting, channel: ContactChannel<M>) {
  const issued = await channel.linkFor(contact, facts);
  return { composed: channel.compose(contact, facts, issued), link: issued?.link };
}

async function isReserved(
  contact: PlannedContact,
  facts: DecisionSetting & { readonly link: Link | undefined },
  store: DebtorStore,
): Promise<boolean> {
  const { person, rules, now, link } = facts;
  const evidence = contactEvidence(contact, facts);
  const entry = entryOf(contact, evidence.decisionId, now);
  const after = { ...person, attempts: [...person.attempts, entry] };
  const next = nextWakeUp(after, rules, now);
  return (await store.reserve(person.version, { entry, next, evidence, link })) === 'done';
}

function entryOf(contact: PlannedContact, evidence: string, now: Instant): LedgerEntry {
  return {
    ...contact,
    about: [...contact.about],
    state: 'reserved',
    reservedAt: now,
    stateAt: now,
    evidence,
  };
}

/** What the wake-up was for and a rule denied is proved too; what only has to wait leaves nothing. */
async function recordWithheld(
  facts: DecisionSetting,
  { store, channel }: Pick<SendParts<unknown>, 'store' | 'channel'>,
): Promise<void> {
  const withheld = withheldEvidence(channel.channel, facts);
  await Promise.all(withheld.map((evidence) => store.recordEvidence(evidence)));
}

async function deliver<M>(
  contact: PlannedContact,
  composed: Composed<M>,
  parts: SendParts<M> & { readonly person: Person },
): Promise<SendOutcome> {
  const { store, clock, channel } = parts;
  const { debtorId, contactId, destination } = contact;
  const result = await send(contact, composed, parts);
  const now = clock.now();
  const ends = result.kind === 'rejected' ? result.ends : undefined;
  if (ends !== undefined) {
    // Before the attempt is recorded: that wakes planning, which has to know already.
    await store.endDestination(debtorId, {
      channel: channel.channel,
      value: destination,
      reason: ends,
      at: now,
    });
  }
  await store.recordAttempt(debtorId, contactId, changeOf(result, now));
  if (result.kind === 'unknown') throw new OutcomeUnknownError(`${contactId}: ${result.reason}`);
  return { kind: result.kind === 'accepted' ? 'accepted' : 'failed', contactId };
}

/** Calls the provider, unless the text was refused or the contact has been stopped since it was decided on. */
async function send<M>(
  contact: PlannedContact,
  composed: Composed<M>,
  { channel, rules, person }: SendParts<M> & { readonly person: Person },
): Promise<SendResult> {
  if ('refused' in composed) return { kind: 'rejected', reason: composed.refused, retry: { kind: 'never' } };
  const stopped = await stoppedNow(contact, person, rules);
  if (stopped !== null)
    return { kind: 'rejected', reason: stopped, retry: { kind: 'after', ms: stoppedRetryMs } };
  return channel.sender.send(composed.message);
}

/**
 * Why a contact must not be sent at this very moment; null when it may. Reserving it may have taken long. Nothing has left
 * yet, so that what cannot be known is no: it is tried again later instead of staying open for ever.
 */
async function stoppedNow(
  contact: PlannedContact,
  person: Person,
  rules: RulesSource,
): Promise<string | null> {
  try {
    const stop = stopForContact((await rules.current()).stops, contact, person);
    return stop === undefined ? null : `stop/${stop.stopId}`;
  } catch {
    return 'stops_unknown';
  }
}

function changeOf(result: SendResult, now: Instant): AttemptChange {
  switch (result.kind) {
    case 'accepted':
      return { state: 'accepted', at: now, providerId: result.providerId };
    case 'unknown':
      return { state: 'unknown', at: now, reason: result.reason };
    case 'rejected': {
      const failed = { state: 'failed', at: now, reason: result.reason } as const;
      return result.retry.kind === 'never'
        ? failed
        : { ...failed, retryAt: toInstant(now + result.retry.ms) };
    }
  }
}
