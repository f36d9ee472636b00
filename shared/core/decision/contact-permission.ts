import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type {
  ContactDestination,
  ContactHold,
  ContactRequest,
} from '#shared/core/permission/contact-request.ts';
import { activePlan, openPromises } from '#shared/core/agreements/account-agreements.ts';
import { holdsAbout } from '#shared/core/holds/holds-in-force.ts';
import { decidePermission } from '#shared/core/permission/decide-permission.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { parseLocalDate } from '#shared/kernel/local-date.ts';
import { decisionFor } from './account-decisions.ts';
import type { ContactProposal } from './contact-time.ts';
import type { Because } from './decision.ts';
import type { PersonView } from './person-view.ts';

/** What the permission engine says of a proposal at an instant, in the words that decisions keep. */
export interface ContactPermission {
  readonly allowed: boolean;
  readonly nextAt: Instant | null;
  /** Ids of the rules that deny. */
  readonly because: Because;
}

/**
 * Puts a proposed contact before the permission engine: the one seam between deciding what would be useful and what is
 * allowed. What the engine cannot judge (an unknown zone name, no pack at all) is not allowed.
 */
export function permitContact(view: PersonView, proposal: ContactProposal, at: Instant): ContactPermission {
  const decision = decidePermission(requestOf(view, proposal, at), view.rules.packs);
  if ('error' in decision) return { allowed: false, nextAt: null, because: [`builtin/${decision.error}`] };
  return {
    allowed: decision.allowed,
    nextAt: decision.nextAt,
    because: decision.reasons.map((reason) => reason.rule),
  };
}

/** What the engine is asked about a proposal; its packs are resolved from the jurisdiction. */
export function requestOf(view: PersonView, proposal: ContactProposal, at: Instant): ContactRequest {
  const { account, channel, purpose, destination, elements } = proposal;
  const { debtor } = view;
  const creditor = view.rules.creditors.get(account.creditor);
  const age = view.homeZone === null ? undefined : daysPastDue(account, localDateAt(view.homeZone, at));
  return {
    at,
    channel,
    purpose,
    party: creditor?.party ?? 'first_party',
    jurisdiction: {
      ...(creditor === undefined ? {} : { institution: creditor.country }),
      residence: view.residence,
      ...(debtor.postalCode === undefined ? {} : { postalCode: debtor.postalCode }),
    },
    zones: view.zones,
    consents: view.consents,
    personalWindows: view.personalWindows,
    debt: { id: account.accountId, daysPastDue: age, product: account.product },
    destination: destinationIn(debtor, channel, destination),
    history: view.history,
    holds: holdsOn(view, proposal),
    facts: [],
    content: elements,
  };
}

/**
 * What holds contact about an account: decisions of operations by file, holds that were placed, and what was agreed. The
 * machine's own messages about an agreement are not held by it.
 */
function holdsOn(view: PersonView, { account, isOwn }: ContactProposal): ContactRequest['holds'] {
  return [
    ...heldByFile(view, account),
    ...holdsAbout(account.accountId, view.person.holds).flatMap(contactHold),
    ...(isOwn === true ? [] : heldByAgreement(view, account)),
  ];
}

function heldByFile(view: PersonView, account: Account): ContactRequest['holds'] {
  const held = decisionFor({ account, view }, 'hold');
  return held === undefined ? [] : contactHold({ kind: 'manual', from: held.from, until: held.until });
}

function contactHold({
  kind,
  from,
  until,
}: {
  readonly kind: string;
  readonly from: string;
  readonly until?: string | undefined;
}): ContactHold[] {
  const first = parseLocalDate(from);
  return first === undefined ? [] : [{ kind, from: first, until: parseLocalDate(until ?? '') }];
}

/** Open promises and a running plan, as the holds that packs know them by. */
function heldByAgreement(view: PersonView, account: Account): ContactRequest['holds'] {
  const { promises, plans } = view.person;
  // Asked for every contact that is thought of; most people have agreed on nothing.
  if (promises.length === 0 && plans.length === 0) return [];
  const agreements = view.agreementsOn(account);
  const plan = activePlan(agreements)?.plan;
  const dateOf = (instant: number) => localDateAt(view.homeZone ?? 'UTC', toInstant(instant));
  return [
    ...openPromises(agreements).flatMap(({ promise: { madeAt, settlesAt } }) =>
      contactHold({ kind: 'promise', from: dateOf(madeAt), until: dateOf(settlesAt - 1) }),
    ),
    ...(plan === undefined ? [] : contactHold({ kind: 'instalment_agreement', from: dateOf(plan.madeAt) })),
  ];
}

function destinationIn(debtor: Debtor, channel: Channel, value: string): ContactDestination {
  return { kind: channel === 'email' ? 'email' : (debtor.phoneKind ?? 'mobile'), value };
}
