import type { Receipt } from '#shared/contracts/receipt.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ContactReference, Email, EmailSender, SendResult } from '#shared/ports/message-sender.ts';
import type { Trouble } from '#test/fakes/fake-telephony.ts';

/** One mail that the provider took. */
export interface TakenMail {
  readonly contact: ContactReference;
  readonly email: Email;
  readonly at: number;
  readonly providerId: string;
}

type Said = Pick<Receipt, 'state' | 'reason' | 'ends'>;

/** What becomes of mails to certain addresses; all others are delivered. */
export interface Addresses {
  readonly refused?: readonly string[];
  readonly said?: Readonly<Record<string, Said>>;
}

export interface FakeMailer {
  readonly sender: EmailSender;
  /** In order. A mail whose answer was lost is among them: the provider has it. */
  readonly taken: readonly TakenMail[];
  /** Troubles all requests from now on; undefined ends it. */
  trouble(kind: Trouble | undefined): void;
  /** The last word of the provider on each mail that it took. */
  receipts(): Receipt[];
}

/** A mail provider in memory, which refuses, forgets to answer and reports as the real one does. */
export function createFakeMailer(clock: Clock, { refused = [], said = {} }: Addresses = {}): FakeMailer {
  const taken: TakenMail[] = [];
  let trouble: Trouble | undefined;
  const take = (email: Email): SendResult => {
    const refusal = trouble === undefined ? undefined : refusals[trouble];
    if (refusal !== undefined) return refusal;
    if (refused.includes(email.to))
      return { kind: 'rejected', reason: 'message_refused', retry: { kind: 'never' } };
    const providerId = `mail-${String(taken.length)}`;
    taken.push({ contact: email.contact, email, at: clock.now(), providerId });
    if (trouble === undefined) return { kind: 'accepted', providerId };
    return { kind: 'unknown', reason: trouble === 'answer_lost' ? 'time_out' : 'connection_lost' };
  };
  return {
    sender: {
      channel: 'email',
      send: (email) => Promise.resolve(take(email)),
      findSent: () => Promise.resolve({ kind: 'unsupported' }),
    },
    taken,
    trouble: (kind) => {
      trouble = kind;
    },
    receipts: () =>
      taken.map(({ contact, email, at, providerId }) => ({
        ...contact,
        channel: 'email',
        at,
        providerId,
        ...(said[email.to] ?? { state: 'delivered' }),
      })),
  };
}

const refusals: Readonly<Partial<Record<Trouble, SendResult>>> = {
  throttled: { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 15_000 } },
  unreachable: { kind: 'rejected', reason: 'no_connection', retry: { kind: 'after', ms: 60_000 } },
  server_error: { kind: 'unknown', reason: 'provider_error' },
};
