import type { Account, Payment } from '#shared/contracts/account.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import type { LedgerEntry, Subject } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { nextActionFor, type AccountAction } from '#shared/core/decision/account-action.ts';
import { casePriority } from '#shared/core/decision/case-priority.ts';
import { chooseStrategy, type ChosenStrategy } from '#shared/core/decision/choose-strategy.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { requestOf } from '#shared/core/decision/contact-permission.ts';
import { proposalOf, type ContactProposal } from '#shared/core/decision/contact-time.ts';
import type { AskedContact } from '#shared/core/decision/plan-step.ts';
import { viewOf, type PersonView } from '#shared/core/decision/person-view.ts';
import { explainPermission, type PermissionExplanation } from '#shared/core/permission/explain-permission.ts';
import type { PermissionError } from '#shared/core/permission/permission-case.ts';
import type { Risk } from '#shared/core/risk/risk-of.ts';
import { segmentOf, type SegmentFinding } from '#shared/core/segments/segment-of.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';

/** How many of the account's stored decisions are told, the newest. */
const evidenceMax = 20;

/** A contact that a step of the account asks for, and how the rules judge it at the instant. */
export interface AskedAndJudged {
  readonly strategy: string;
  readonly stage: string;
  readonly step: string;
  readonly template: string;
  readonly proposal: ContactProposal;
  readonly permission: PermissionExplanation | PermissionError;
}

/** Why an account is, or is not, contacted at an instant. */
export interface AccountExplanation {
  readonly account: Account;
  readonly at: Instant;
  /** The person with what was known at the instant; profile and accounts are those of today. */
  readonly person: Person;
  /** Null when the table has no profile. */
  readonly view: PersonView | null;
  readonly daysPastDue: number | null;
  /** The strategy that is meant for the account, and the stage of its age; null when there is none. */
  readonly strategy: string | null;
  /** The arm of an experiment by which it is; null: no experiment. */
  readonly arm: Subject['arm'] | null;
  readonly stage: string | null;
  /** Segment of the account, and the facts that decided it. */
  readonly segment: SegmentFinding | null;
  /** Null when neither the feed nor the model tells. */
  readonly risk: Risk | null;
  /** Its place among the cases of people if it went to them now. */
  readonly priority: number | null;
  readonly action: AccountAction | null;
  /** The contact that is made or waited for, after those before it that were passed over. */
  readonly asked: readonly AskedAndJudged[];
  /** Earlier contacts about this account, oldest first. */
  readonly attempts: readonly LedgerEntry[];
  readonly evidence: readonly Evidence[];
}

export interface ExplainParts {
  readonly store: Pick<DebtorStore, 'load'>;
  readonly log: EvidenceLog;
  readonly rules: DecisionRules;
}

/** Tells why an account is, was not, or will be contacted; null when nobody has this account. Changes nothing. */
export async function explainAccount(
  accountId: string,
  at: Instant,
  { store, log, rules }: ExplainParts,
): Promise<AccountExplanation | null> {
  const debtorId = await log.findAccount(accountId);
  const stored = debtorId === null ? null : await store.load(debtorId);
  const account = stored?.accounts.find((one) => one.accountId === accountId);
  if (stored === null || account === undefined) return null;
  const person = knownAt(stored, at);
  const view = viewOf(person, rules, at);
  const evidence = await log.evidence(person.debtorId);
  const isAbout = ({ about }: Pick<Evidence, 'about'>) => about.some((one) => one.accountId === accountId);
  return {
    account,
    at,
    person,
    view,
    ...standingOf(account, view),
    attempts: person.attempts.filter(isAbout),
    evidence: evidence.filter(isAbout).slice(-evidenceMax),
  };
}

/** What was written after the instant was not known then, and what was taken back or ended since was still so. */
function knownAt(person: Person, at: Instant): Person {
  const { preferences, ...rest } = person;
  return {
    ...rest,
    ...(preferences !== undefined && preferences.at <= at && { preferences }),
    attempts: person.attempts.filter(({ reservedAt }) => reservedAt <= at),
    consents: person.consents.filter((consent) => consent.at <= at),
    endedDestinations: person.endedDestinations.filter((ended) => ended.at <= at),
    payments: person.payments.filter(({ bookedAt }) => bookedAt <= at).map((one) => paymentAt(one, at)),
    cases: person.cases.filter(({ openedAt }) => openedAt <= at),
    placements: person.placements.filter(({ madeAt }) => madeAt <= at),
    promises: person.promises.filter(({ madeAt }) => madeAt <= at).map((one) => agreedAt(one, at)),
    plans: person.plans.filter(({ madeAt }) => madeAt <= at).map((one) => agreedAt(one, at)),
    holds: person.holds.filter(({ placedAt }) => placedAt <= at).map((one) => holdAt(one, at)),
    acts: person.acts.filter((act) => act.at <= at),
    inbound: person.inbound.filter((one) => one.at <= at),
  };
}

function paymentAt(payment: Payment, at: Instant): Payment {
  const { reversals } = payment;
  return reversals === undefined
    ? payment
    : { ...payment, reversals: reversals.filter((reversal) => reversal.at <= at) };
}

function agreedAt<T extends PaymentPromise | PaymentPlan>(agreed: T, at: Instant): T {
  return agreed.cancelled === undefined || agreed.cancelled.at <= at
    ? agreed
    : { ...agreed, cancelled: undefined };
}

function holdAt(hold: Hold, at: Instant): Hold {
  return hold.ended === undefined || hold.ended.at <= at ? hold : { ...hold, ended: undefined };
}

/** Nothing can be said of an account whose person has no profile. */
const unknownStanding = {
  daysPastDue: null,
  strategy: null,
  arm: null,
  stage: null,
  segment: null,
  risk: null,
  priority: null,
  action: null,
  asked: [],
};

function standingOf(account: Account, view: PersonView | null) {
  if (view === null) return unknownStanding;
  const scope = factScope(account, view);
  const chosen = chooseStrategy(scope);
  const age = scope.daysPastDue ?? null;
  const stage = chosen?.strategy.stages.find(({ from, to }) => age !== null && from <= age && age <= to);
  const action = nextActionFor(account, view);
  return {
    daysPastDue: age,
    strategy: chosen?.strategy.id ?? null,
    arm: armOf(chosen),
    stage: stage?.id ?? null,
    segment: segmentOf(scope, view.rules.segments),
    risk: scope.risk,
    priority: casePriority(account, view),
    action,
    asked: askedOf(action, view),
  };
}

function armOf(chosen: ChosenStrategy | null): AccountExplanation['arm'] {
  const arm = chosen?.arm ?? null;
  return arm === null ? null : { experiment: arm.experiment, arm: arm.arm };
}

/** An action for people, or none, has only contacts that were passed over. */
function askedOf(action: AccountAction, view: PersonView): readonly AskedAndJudged[] {
  if (action.kind !== 'contact') {
    return (action.asked ?? []).map(({ subject, template, proposal }) =>
      judged({ subject, template, proposal }, view),
    );
  }
  const { subject, contact } = action;
  const proposal = proposalOf({ ...contact, about: [subject] }, view);
  return proposal === null ? [] : [judged({ subject, template: contact.template, proposal }, view)];
}

function judged(
  asked: Pick<AskedContact, 'subject' | 'template' | 'proposal'>,
  view: PersonView,
): AskedAndJudged {
  const { subject, template, proposal } = asked;
  const { strategy, stage, step } = subject;
  const permission = explainPermission(requestOf(view, proposal, view.now), view.rules.packs);
  return { strategy, stage, step, template, proposal, permission };
}
