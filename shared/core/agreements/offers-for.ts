import type { ActKind } from '#shared/contracts/act.ts';
import type { ActRefusal } from '#shared/contracts/act-request.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { activePlan, brokenCount, openPromises } from './account-agreements.ts';
import { termsFor, type AgreementTerms } from './agreement-terms.ts';
import type {
  DueDateOffer,
  ExtensionOffer,
  FeeWaiverOffer,
  NotOffered,
  Offers,
  PlanOffer,
  PromiseOffer,
} from './offers.ts';

/** Extensions, waivers and changes are counted over this time. */
const yearMs = 365 * dayMs;

/** What is looked at besides the account: an agreement that a new one takes the place of does not stand in its way. */
export interface OfferOptions {
  readonly replacing?: string | undefined;
}

/** What a person may agree on for one account now. */
export function offersFor(account: Account, view: PersonView, options: OfferOptions = {}): Offers {
  const setting = settingOf(account, view, options);
  return {
    account,
    promise: promiseOffer(setting),
    extension: extensionOffer(setting),
    plan: planOffer(setting),
    dueDateChange: dueDateOffer(setting),
    feeWaiver: feeWaiverOffer(setting),
  };
}

interface Setting {
  readonly account: Account;
  readonly view: PersonView;
  readonly terms: AgreementTerms;
  readonly today: string;
  readonly digits: number;
  readonly dueMinor: number;
  /** What open promises cover of it. */
  readonly promisedMinor: number;
  readonly open: number;
  readonly broken: number;
  readonly hasPlan: boolean;
}

function settingOf(account: Account, view: PersonView, { replacing }: OfferOptions): Setting {
  const scope: FactScope = factScope(account, view);
  const { agreements } = scope;
  const digits = countedDigits(account.currency);
  const open = openPromises(agreements).filter(({ promise }) => promise.promiseId !== replacing);
  const plan = activePlan(agreements);
  return {
    account,
    view,
    terms: termsFor(scope),
    today: localDateAt(view.homeZone ?? 'UTC', view.now),
    digits,
    dueMinor: toMinor(account.pastDue, digits),
    promisedMinor: open.reduce((sum, { promise, paid }) => sum + toMinor(promise.amount - paid, digits), 0),
    open: open.length,
    broken: brokenCount(agreements),
    hasPlan: plan !== null && plan.plan.planId !== replacing,
  };
}

/** What stands in the way of anything being promised. */
function hindrance({ dueMinor, hasPlan, broken, terms }: Setting): ActRefusal | null {
  if (dueMinor === 0) return 'nothing_due';
  if (hasPlan) return 'plan_running';
  return broken > terms.promises.brokenMax ? 'too_many_broken' : null;
}

function promiseOffer(setting: Setting): PromiseOffer | NotOffered {
  const { account, terms, today, digits, dueMinor, promisedMinor, open } = setting;
  const { promises } = terms;
  const freeMinor = dueMinor - promisedMinor;
  const why = hindrance(setting) ?? (open >= promises.openMax || freeMinor <= 0 ? 'too_many_open' : null);
  if (why !== null) return notOffered(why);
  const leastMinor = Math.min(Math.max(1, Math.ceil(dueMinor * promises.shareMin)), freeMinor);
  return {
    kind: 'offered',
    amountMin: fromMinor(leastMinor, digits),
    amountMax: Math.max(account.balance, fromMinor(freeMinor, digits)),
    dateFrom: today,
    dateTo: addDays(today, promises.horizonDays),
  };
}

function extensionOffer(setting: Setting): ExtensionOffer | NotOffered {
  const { account, view, terms, today, open } = setting;
  const { extensions } = terms;
  if (extensions === null) return notOffered('extension_not_offered');
  const given = view.person.promises.filter(
    ({ accountId, basis, madeAt }) =>
      accountId === account.accountId && basis === 'extension' && madeAt > view.now - yearMs,
  );
  const why =
    hindrance(setting) ??
    (open > 0 ? 'too_many_open' : given.length >= extensions.perYearMax ? 'used_up' : null);
  if (why !== null) return notOffered(why);
  return { kind: 'offered', dateFrom: addDays(today, 1), dateTo: addDays(today, extensions.daysMax) };
}

function planOffer(setting: Setting): PlanOffer | NotOffered {
  const { account, terms, today, digits, dueMinor } = setting;
  const { plans } = terms;
  const why = hindrance(setting);
  if (why !== null) return notOffered(why);
  if (plans === null) return notOffered('plan_not_offered');
  const leastMinor = toMinor(plans.amountMin?.[account.currency] ?? 0, digits);
  const mostOfAmount = leastMinor === 0 ? Infinity : Math.floor(dueMinor / leastMinor);
  const instalmentsMax = Math.min(plans.instalmentsMax, mostOfAmount, dueMinor);
  if (instalmentsMax < 2) return notOffered('plan_not_offered');
  const firstLeast = Math.max(1, leastMinor, Math.ceil(dueMinor * plans.firstShareMin));
  return {
    kind: 'offered',
    total: account.pastDue,
    instalmentsMin: 2,
    instalmentsMax,
    firstFrom: today,
    firstTo: addDays(today, plans.firstWithinDays),
    lastTo: addDays(today, plans.termDays),
    firstAmountMin: fromMinor(Math.min(firstLeast, dueMinor), digits),
    every: plans.every,
  };
}

function dueDateOffer({ account, view }: Setting): DueDateOffer | NotOffered {
  const { dueDateChange } = view.rules.agreements;
  if (dueDateChange === null) return notOffered('day_not_offered');
  return actsOfYear(view, account, 'due_date_change') >= dueDateChange.perYearMax
    ? notOffered('used_up')
    : { kind: 'offered', days: dueDateChange.days };
}

function feeWaiverOffer({ account, view }: Setting): FeeWaiverOffer | NotOffered {
  const { feeWaiver } = view.rules.agreements;
  const amountMax = feeWaiver?.amountMax[account.currency];
  if (feeWaiver === null || amountMax === undefined) return notOffered('used_up');
  return actsOfYear(view, account, 'fee_waiver') >= feeWaiver.perYearMax
    ? notOffered('used_up')
    : { kind: 'offered', amountMax };
}

function actsOfYear({ person, now }: PersonView, { accountId }: Account, kind: ActKind): number {
  return person.acts.filter(
    (act) => act.kind === kind && act.accountId === accountId && act.at > now - yearMs,
  ).length;
}

function notOffered(why: ActRefusal): NotOffered {
  return { kind: 'not_offered', why };
}
