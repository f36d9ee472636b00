import type { WordFact } from '#shared/contracts/condition.ts';
import { ChannelSchema, type Channel } from '#shared/contracts/primitives.ts';
import { destinationOf, type PersonView } from '#shared/core/decision/person-view.ts';
import { holdsAbout, isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { standingOf } from '#shared/core/permission/consent-standing.ts';
import type { FactScope } from './fact-scope.ts';

/** How each word is told; several words where one of them has to match, none when it is not known. */
export const wordFacts: Readonly<Record<WordFact, (scope: FactScope) => readonly string[]>> = {
  creditor: ({ account }) => [account.creditor],
  product: ({ account }) => [account.product],
  currency: ({ account }) => [account.currency],
  country: ({ view }) => [view.debtor.country],
  region: ({ view }) => known(view.debtor.region),
  language: ({ view }) => [view.locale],
  phoneKind: ({ view }) => known(view.debtor.phone === undefined ? undefined : phoneKindOf(view)),
  reachable: ({ view }) => channels.filter((channel) => isReachable(view, channel)),
  optedOut: ({ view }) => channels.filter((channel) => isRefused(view, channel)),
  lastChannel: ({ attempts }) => known(attempts.at(-1)?.channel),
  lastOutcome: ({ attempts }) => known(attempts.at(-1)?.state),
  segment: ({ segment }) => [segment],
  holds: ({ account, view }) => heldKinds(account.accountId, view),
  riskClass: ({ risk }) => known(risk?.class),
};

/** Kinds of the holds in force today where the person lives. */
function heldKinds(accountId: string, { person, homeZone, now }: PersonView): readonly string[] {
  if (person.holds.length === 0) return [];
  const today = localDateAt(homeZone ?? 'UTC', now);
  return holdsAbout(accountId, person.holds).flatMap((hold) => (isHeldOn(hold, today) ? [hold.kind] : []));
}

const channels = ChannelSchema.options;

function known(word: string | undefined): readonly string[] {
  return word === undefined ? [] : [word];
}

function phoneKindOf({ debtor }: PersonView): string {
  return debtor.phoneKind ?? 'mobile';
}

function isReachable(view: PersonView, channel: Channel): boolean {
  return destinationOf(view, channel) !== null && !isRefused(view, channel);
}

/** Whether the newest word on a channel, for the address that the person has there, refuses it. */
function isRefused(view: PersonView, channel: Channel): boolean {
  const value = channel === 'email' ? view.debtor.email : view.debtor.phone;
  return (
    standingOf({ at: view.now, channel, consents: view.consents, destination: { value } }).level === 'optout'
  );
}
