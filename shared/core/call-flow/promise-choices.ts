import type { LocalDate } from '#shared/contracts/primitives.ts';
import { todayOf } from '#shared/core/acts/act-setting.ts';
import { offersFor } from '#shared/core/agreements/offers-for.ts';
import type { PromiseOffer } from '#shared/core/agreements/offers.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import type { CallSetting } from './call-setting.ts';

/** What can be promised now; null when nothing can. */
export function promiseOffer({ account, view }: CallSetting): PromiseOffer | null {
  const { promise } = offersFor(account, view);
  return promise.kind === 'offered' ? promise : null;
}

/** Amounts that a single key promises: all that is past due, and the least that is taken where that is another. */
export function amountChoices(
  { account }: CallSetting,
  offer: PromiseOffer,
): { readonly all: number; readonly least?: number } {
  const all = Math.min(account.pastDue, offer.amountMax);
  return offer.amountMin < all ? { all, least: offer.amountMin } : { all };
}

/** Dates that a single key promises, as far as promises may reach. */
export function dateChoices({ view, settings }: CallSetting, offer: PromiseOffer): readonly LocalDate[] {
  const days = settings.promiseDays.map((one) => addDays(todayOf(view), one));
  return [...new Set(days)].filter((date) => offer.dateFrom <= date && date <= offer.dateTo).toSorted();
}
