import type { Account } from '#shared/contracts/account.ts';
import type { Inbound } from '#shared/contracts/inbound.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { PaymentPromise } from '#shared/contracts/agreement.ts';
import type { ReplyRequest } from '#shared/contracts/replies.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import type { IncomingReply } from './incoming-reply.ts';

/** What our last message asked, so that a bare "yes" can be understood; `promise` is one that it confirmed. */
export interface OurQuestion {
  readonly asked?: ReplyRequest['lastMessage'];
  readonly proposal?: Inbound['proposal'];
  readonly promise?: PaymentPromise | undefined;
}

/** A message, who wrote it, and what it was an answer to. `view` is of the moment at which it came. */
export interface ReplySetting {
  readonly incoming: IncomingReply;
  readonly view: PersonView;
  /** Accounts that it was taken to be about, the leading one first; empty only for a person without accounts. */
  readonly accounts: readonly Account[];
  readonly question: OurQuestion;
}

export function replySetting(incoming: IncomingReply, view: PersonView): ReplySetting {
  const last = lastContact(incoming, view);
  return {
    incoming,
    view,
    accounts: accountsMeant(last, view),
    question: questionOf(last, incoming, view),
  };
}

/** The newest contact by the channel on which the person wrote, or the one during which they spoke. */
function lastContact(
  { channel, at, during }: IncomingReply,
  { person }: PersonView,
): LedgerEntry | undefined {
  if (during !== undefined) return person.attempts.find(({ contactId }) => contactId === during);
  return person.attempts.findLast(
    (entry) => entry.channel === channel && entry.state !== 'failed' && entry.reservedAt <= at,
  );
}

/** The accounts that the last contact spoke of; without one all that are overdue, the largest first, else all. */
function accountsMeant(last: LedgerEntry | undefined, { person }: PersonView): readonly Account[] {
  const named = (last?.about ?? []).flatMap(({ accountId }) =>
    person.accounts.filter((account) => account.accountId === accountId),
  );
  if (named.length > 0) return named;
  const overdue = person.accounts.filter(({ pastDue }) => pastDue > 0);
  const all = overdue.length > 0 ? overdue : person.accounts;
  return all.toSorted((a, b) => b.pastDue - a.pastDue || (a.accountId < b.accountId ? -1 : 1));
}

/** A question of ours is open for a while; what is said later answers nothing. */
function questionOf(
  last: LedgerEntry | undefined,
  { at }: IncomingReply,
  { person, rules }: PersonView,
): OurQuestion {
  const isOpen = last !== undefined && at - last.reservedAt <= rules.replies.settings.proposalHours * hourMs;
  if (!isOpen) return {};
  const about = last.about[0]?.agreement;
  switch (last.template) {
    case 'reply-confirm': {
      const inbound = person.inbound.find(({ inboundId }) => inboundId === about);
      return { asked: 'confirm_promise', proposal: inbound?.proposal };
    }
    case 'promise-confirmation': {
      const promise = person.promises.find(({ promiseId }) => promiseId === about);
      return { asked: 'confirm_promise', promise };
    }
    case 'survey':
      return { asked: 'satisfaction' };
    default:
      return {};
  }
}
