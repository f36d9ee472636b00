import type { ActRequestOf } from '#shared/contracts/act-request.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import { openPromises } from '#shared/core/agreements/account-agreements.ts';
import { termsFor } from '#shared/core/agreements/agreement-terms.ts';
import { bookingCalendar, settlementEnd } from '#shared/core/agreements/business-days.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { PlanOffer, PromiseOffer } from '#shared/core/agreements/offers.ts';
import { planSchedule, type ScheduledInstalment } from '#shared/core/agreements/plan-schedule.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { instantAt, localDateAt } from '#shared/core/time/local-time.ts';
import { countedDigits, fromMinor, isExactMinor, toMinor } from '#shared/kernel/currency.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { done, madeId, refuse, type ActEffect, type OnAccount } from './act-setting.ts';

/** Payments of one day that an agreement remembers as made before it: far above what anybody makes. */
const paidBeforeMax = 50;

/** A promise within what is offered. It takes the place of the open one that it names. */
export function promise(asked: OnAccount<ActRequestOf<'promise'>>): ActEffect {
  const { request, account, view } = asked;
  const { amount, date, replaces } = request;
  const replaced = openPromises(view.agreementsOn(account)).find(
    (one) => one.promise.promiseId === replaces,
  )?.promise;
  if (replaces !== undefined && replaced === undefined) return refuse('no_such_agreement', 'replaces');
  const { promise: offer } = offersFor(account, view, { replacing: replaces });
  if (offer.kind === 'not_offered') return refuse(offer.why, 'accountId');
  const problem = moneyProblem(request, account.currency) ?? promiseProblem(request, offer);
  if (problem !== null) return problem;
  const made = promiseOf(asked, { basis: 'promise', amount, date });
  const ended =
    replaced === undefined ? [] : [{ ...replaced, cancelled: { at: view.now, why: 'replaced' } } as const];
  return done(request, view, {
    made: made.promiseId,
    asked: { amount, date },
    change: { promises: [...ended, made] },
    answer: { promise: made },
  });
}

function moneyProblem(
  { amount, currency }: Pick<ActRequestOf<'promise'>, 'amount' | 'currency'>,
  kept: string,
): ActEffect | null {
  if (currency !== undefined && currency !== kept)
    return refuse('wrong_currency', 'currency', { currency: kept });
  return isExactMinor(amount, countedDigits(kept)) ? null : refuse('too_many_decimals', 'amount');
}

function promiseProblem({ amount, date }: ActRequestOf<'promise'>, offer: PromiseOffer): ActEffect | null {
  const { amountMin, amountMax, dateFrom, dateTo } = offer;
  if (amount < amountMin) return refuse('amount_too_small', 'amount', { amountMin });
  if (amount > amountMax) return refuse('amount_too_large', 'amount', { amountMax });
  const problem = outside(date, { from: dateFrom, to: dateTo });
  return problem && refuse(problem, 'date', { dateFrom, dateTo });
}

/** More time for all that is past due: a promise of it by a later date, which the creditor grants within its rules. */
export function extension(asked: OnAccount<ActRequestOf<'extension'>>): ActEffect {
  const { request, account, view } = asked;
  const { extension: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return refuse(offer.why, 'accountId');
  const { dateFrom, dateTo } = offer;
  const problem = outside(request.date, { from: dateFrom, to: dateTo });
  if (problem !== null) return refuse(problem, 'date', { dateFrom, dateTo });
  const made = promiseOf(asked, { basis: 'extension', amount: account.pastDue, date: request.date });
  return done(request, view, {
    made: made.promiseId,
    asked: { date: request.date },
    change: { promises: [made] },
    answer: { promise: made },
  });
}

/** A plan within what is offered. It takes the place of every open promise of the account. */
export function plan(asked: OnAccount<ActRequestOf<'plan'>>): ActEffect {
  const { request, account, view } = asked;
  const { plan: offer } = offersFor(account, view);
  if (offer.kind === 'not_offered') return refuse(offer.why, 'accountId');
  const problem = planProblem(request, offer, account.currency);
  if (problem !== null) return problem;
  const schedule = planSchedule({ ...request, total: offer.total, currency: account.currency });
  const last = schedule.at(-1);
  if (last === undefined || last.dueDate > offer.lastTo)
    return refuse('date_too_late', 'instalments', { lastTo: offer.lastTo });
  const made = planOf(asked, schedule);
  if (made === null) return refuse('plan_not_offered', 'accountId');
  const open = openPromises(view.agreementsOn(account));
  return done(request, view, {
    made: made.planId,
    asked: { instalments: request.instalments, firstDate: request.firstDate, every: request.every },
    change: {
      plans: [made],
      promises: open.map((one) => ({ ...one.promise, cancelled: { at: view.now, why: 'replaced' } })),
    },
    answer: { plan: made },
  });
}

function planProblem(
  { instalments, firstDate, firstAmount, every }: ActRequestOf<'plan'>,
  offer: PlanOffer,
  currency: string,
): ActEffect | null {
  const { instalmentsMax, firstFrom, firstTo, firstAmountMin, total } = offer;
  if (instalments > instalmentsMax) return refuse('too_many_instalments', 'instalments', { instalmentsMax });
  if (!offer.every.includes(every)) return refuse('plan_not_offered', 'every', { every: offer.every.join() });
  const dateProblem = outside(firstDate, { from: firstFrom, to: firstTo });
  if (dateProblem !== null) return refuse(dateProblem, 'firstDate', { firstFrom, firstTo });
  const first =
    firstAmount ??
    fromMinor(Math.floor(toMinor(total, countedDigits(currency)) / instalments), countedDigits(currency));
  if (!isExactMinor(first, countedDigits(currency))) return refuse('too_many_decimals', 'firstAmount');
  if (first < firstAmountMin) return refuse('first_amount_too_small', 'firstAmount', { firstAmountMin });
  return first >= total ? refuse('amount_too_large', 'firstAmount', { amountMax: total }) : null;
}

/** Ends an open promise, or a plan that still runs; reminders go on. */
export function withdraw({ request, account, view }: OnAccount<ActRequestOf<'withdraw'>>): ActEffect {
  const { promises, plans } = view.agreementsOn(account);
  const cancelled = { at: view.now, why: 'withdrawn' } as const;
  const promised = promises.find(
    (one) => one.promise.promiseId === request.agreement && one.state === 'open',
  )?.promise;
  const planned = plans.find(
    (one) => one.plan.planId === request.agreement && (one.state === 'active' || one.state === 'breached'),
  )?.plan;
  if (promised !== undefined)
    return done(request, view, {
      made: promised.promiseId,
      change: { promises: [{ ...promised, cancelled }] },
    });
  return planned === undefined
    ? refuse('no_such_agreement', 'agreement')
    : done(request, view, { made: planned.planId, change: { plans: [{ ...planned, cancelled }] } });
}

type Agreeing = OnAccount<ActRequestOf<'promise' | 'extension' | 'plan'>>;

function promiseOf(
  asked: Agreeing,
  { basis, amount, date }: Pick<PaymentPromise, 'basis' | 'amount'> & { readonly date: string },
): PaymentPromise {
  const { graceBusinessDays, keptShare } = termsOf(asked).promises;
  const digits = countedDigits(asked.account.currency);
  return {
    promiseId: madeId('promise', asked.request),
    ...agreedNow(asked),
    basis,
    amount,
    enough: fromMinor(Math.max(1, Math.floor(toMinor(amount, digits) * keptShare)), digits),
    dueDate: date,
    settlesAt: settlementEnd(date, graceBusinessDays, calendarOf(asked)),
  };
}

function planOf(asked: Agreeing, schedule: readonly ScheduledInstalment[]): PaymentPlan | null {
  const { promises, plans } = termsOf(asked);
  if (plans === null) return null;
  const calendar = calendarOf(asked);
  return {
    planId: madeId('plan', asked.request),
    ...agreedNow(asked),
    instalments: schedule.map((one) => ({
      ...one,
      settlesAt: settlementEnd(one.dueDate, promises.graceBusinessDays, calendar),
    })),
    missedMax: plans.missedMax,
    reviveWithinMs: plans.reviveWithinDays * dayMs,
    revivalsMax: plans.revivalsMax,
  };
}

function termsOf({ account, view }: Agreeing) {
  return termsFor(factScope(account, view));
}

function calendarOf({ account, view }: Agreeing) {
  return view.rules.bookingCalendars.get(account.creditor) ?? bookingCalendar({ country: '' }, {});
}

/** What every agreement says of its making: payments count that are booked from today on and were not known yet. */
function agreedNow(asked: Agreeing) {
  const { request, account, view } = asked;
  const { zone } = calendarOf(asked);
  const countsFrom = instantAt(zone, localDateAt(zone, view.now), 0);
  const known = view.person.payments.filter(
    ({ accountId, bookedAt }) => accountId === account.accountId && bookedAt >= countsFrom,
  );
  return {
    debtorId: request.debtorId,
    accountId: account.accountId,
    currency: account.currency,
    madeAt: view.now,
    countsFrom,
    paidBefore: known.map(({ paymentId }) => paymentId).slice(0, paidBeforeMax),
    via: request.via,
    ...(request.confirmBy !== undefined && { confirmBy: request.confirmBy }),
  };
}

function outside(date: string, { from, to }: { readonly from: string; readonly to: string }) {
  if (date < from) return 'date_past';
  return date > to ? 'date_too_late' : null;
}
