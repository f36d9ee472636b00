import type { Receipt } from '#shared/contracts/receipt.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type {
  CallPlacer,
  ContactReference,
  LookupResult,
  SendResult,
  SentLookup,
  SmsSender,
} from '#shared/ports/message-sender.ts';

/** What the provider does with the next requests: see the cases of telephony.suite.ts. */
export type Trouble = 'throttled' | 'answer_lost' | 'connection_cut' | 'server_error' | 'unreachable';

/** One SMS or call that the provider took. */
export interface Taken {
  readonly channel: 'sms' | 'call';
  readonly contact: ContactReference;
  readonly to: string;
  readonly at: number;
  readonly providerId: string;
}

type Said = Pick<Receipt, 'state' | 'reason' | 'ends'>;

/** What becomes of contacts to certain numbers; all others are delivered, and answered by a person. */
export interface Numbers {
  readonly refused?: Readonly<Record<string, Extract<SendResult, { kind: 'rejected' }>>>;
  readonly sms?: Readonly<Record<string, Said>>;
  readonly calls?: Readonly<Record<string, Said>>;
}

export interface FakeTelephony {
  readonly sms: SmsSender;
  readonly calls: CallPlacer;
  /** In order. A contact whose answer was lost is among them: the provider has it. */
  readonly taken: readonly Taken[];
  /** Troubles all requests from now on; undefined ends it. */
  trouble(kind: Trouble | undefined): void;
  /** The last word of the provider on each contact that it took. */
  receipts(): Receipt[];
}

/** A telephone provider in memory, which refuses, forgets to answer and reports as the real one does. */
export function createFakeTelephony(clock: Clock, numbers: Numbers = {}): FakeTelephony {
  const taken: Taken[] = [];
  let trouble: Trouble | undefined;

  const take = (channel: Taken['channel'], { contact, to }: Pick<Taken, 'contact' | 'to'>): SendResult => {
    const refused = trouble === undefined ? numbers.refused?.[to] : refusals[trouble];
    if (refused !== undefined) return refused;
    const providerId = `${channel}-${String(taken.length)}`;
    taken.push({ channel, contact, to, at: clock.now(), providerId });
    if (trouble === undefined) return { kind: 'accepted', providerId };
    return { kind: 'unknown', reason: trouble === 'answer_lost' ? 'time_out' : 'connection_lost' };
  };
  const find = (channel: Taken['channel'], { to, since }: SentLookup): LookupResult => {
    const [first, second] = taken.filter(
      (one) => one.channel === channel && one.to === to && one.at >= since,
    );
    if (second !== undefined) return { kind: 'unsupported' };
    return first === undefined ? { kind: 'not_found' } : { kind: 'found', providerId: first.providerId };
  };
  const findSent =
    (channel: Taken['channel']) =>
    (lookup: SentLookup): Promise<LookupResult> =>
      Promise.resolve(find(channel, lookup));

  return {
    sms: {
      channel: 'sms',
      send: (sms) => Promise.resolve(sms.validUntil - clock.now() < validMsMin ? tooLate : take('sms', sms)),
      findSent: findSent('sms'),
    },
    calls: {
      channel: 'call',
      send: (call) => Promise.resolve(take('call', call)),
      findSent: findSent('call'),
    },
    taken,
    trouble: (kind) => {
      trouble = kind;
    },
    receipts: () =>
      taken.map(({ channel, contact, to, at, providerId }) => {
        const said = (channel === 'sms' ? numbers.sms : numbers.calls)?.[to];
        return {
          ...contact,
          channel,
          at,
          providerId,
          ...(said ?? { state: channel === 'sms' ? 'delivered' : 'answered' }),
        };
      }),
  };
}

/** Less than this is too short for a message to leave the provider's queue. */
const validMsMin = 5_000;

type Rejected = Extract<SendResult, { kind: 'rejected' }>;
const tooLate: Rejected = { kind: 'rejected', reason: 'expired', retry: { kind: 'after', ms: 5_000 } };

/** Troubles in which the provider takes nothing. A server error says nothing of the kind, but here it took nothing. */
const refusals: Readonly<Partial<Record<Trouble, SendResult>>> = {
  throttled: { kind: 'rejected', reason: 'throttled', retry: { kind: 'after', ms: 15_000 } },
  unreachable: { kind: 'rejected', reason: 'no_connection', retry: { kind: 'after', ms: 60_000 } },
  server_error: { kind: 'unknown', reason: 'provider_error' },
};
