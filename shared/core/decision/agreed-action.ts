import type { Subject } from '#shared/contracts/ledger.ts';
import {
  activePlan,
  openPromises,
  type AccountAgreements,
} from '#shared/core/agreements/account-agreements.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { holdsAbout, isHeldOn } from '#shared/core/holds/holds-in-force.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import type { CompiledStrategy } from './compile-strategy.ts';
import { ownContacts, type OwnContact } from './own-contacts.ts';
import { ownTexts } from './own-texts.ts';
import { planStep, type StepPlan, type StepScope } from './plan-step.ts';

/** A pause that an agreement makes: nothing is said of the account before, but by its own contacts. */
export interface Pause {
  readonly until: Instant;
  readonly because: string;
}

/** While a promise is open or a plan is kept, the account waits for the day on which that is decided; null when neither is. */
export function pauseOf(agreements: AccountAgreements, now: Instant): Pause | null {
  const promises = openPromises(agreements).map(({ promise }) => ({
    until: toInstant(promise.settlesAt),
    because: `promise/${promise.promiseId}`,
  }));
  const plan = activePlan(agreements)?.plan;
  const next = plan?.instalments.find(({ settlesAt }) => settlesAt > now);
  const pauses =
    plan === undefined || next === undefined
      ? promises
      : [...promises, { until: toInstant(next.settlesAt), because: `plan/${plan.planId}` }];
  return pauses.reduce<Pause | null>(
    (first, one) => (first === null || one.until < first.until ? one : first),
    null,
  );
}

/** Where a contact of its own stands: it can be made now, or at a time; null when there is none to make. */
export type OwnPlan = Extract<StepPlan, { readonly kind: 'ready' | 'later' }>;

/** The first of an account's own contacts that can be made now, else the one that can be made first. */
export function planOwnContacts(
  scope: FactScope,
  strategy: CompiledStrategy,
  homeZone: string,
): OwnPlan | null {
  let first: Extract<OwnPlan, { readonly kind: 'later' }> | null = null;
  for (const own of ownContacts(scope, homeZone)) {
    const plan = planStep(stepOf(own, { scope, strategy, homeZone }));
    if (plan.kind === 'ready') return plan;
    if (plan.kind === 'later' && plan.at < own.until && (first === null || plan.at < first.at)) first = plan;
  }
  return first;
}

/** An own contact as a step that no strategy has. */
function stepOf(
  own: OwnContact,
  {
    scope,
    strategy,
    homeZone,
  }: { readonly scope: FactScope; readonly strategy: CompiledStrategy; readonly homeZone: string },
): StepScope {
  const { account, view } = scope;
  const { text, agreement, purpose, channels, dueDate, from } = own;
  const subject: Subject = {
    accountId: account.accountId,
    strategy: strategy.id,
    stage: 'agreement',
    step: text,
    dueDate,
    agreement,
  };
  return {
    ...{ account, view, homeZone, subject },
    step: { purpose },
    legs: [{ channels, template: text, patienceMs: 0 }],
    strategyName: strategy.name,
    gaps: strategy.gaps,
    preferred: purpose === 'reply_to_debtor' ? null : strategy.preferred,
    context: ownTexts[text],
    date: localDateAt(homeZone, from),
  };
}

/** A hold that a person has to look at now, and why: it was just placed, or its last day is over. */
export interface HoldForPeople {
  readonly hold: Hold;
  readonly reason: 'hold' | 'hold_ended';
  /** What the case is known by, so that one hold opens one case for each of the two. */
  readonly mark: string;
}

/** The first hold on an account that is for people and that no case has been opened for. */
export function holdForPeople({ account, view }: FactScope, homeZone: string): HoldForPeople | null {
  const { holds, cases } = view.person;
  if (holds.length === 0) return null;
  const today = localDateAt(homeZone, view.now);
  const known = new Set(
    cases.filter(({ accountId }) => accountId === account.accountId).flatMap(({ because }) => because),
  );
  for (const hold of holdsAbout(account.accountId, holds)) {
    const found = whenForPeople(hold, today);
    if (found !== null && !known.has(found.mark)) return found;
  }
  return null;
}

function whenForPeople(hold: Hold, today: string): HoldForPeople | null {
  const { holdId, opensCase, until, atEnd } = hold;
  if (opensCase && isHeldOn(hold, today)) return { hold, reason: 'hold', mark: `hold/${holdId}` };
  const isOver = until !== undefined && until < today;
  return isOver && atEnd === 'review' ? { hold, reason: 'hold_ended', mark: `hold/${holdId}/end` } : null;
}
