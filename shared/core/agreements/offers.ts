import type { Account } from '#shared/contracts/account.ts';
import type { ActRefusal } from '#shared/contracts/act-request.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';

/** Why something is not offered. */
export interface NotOffered {
  readonly kind: 'not_offered';
  readonly why: ActRefusal;
}

/** Amounts in the account's currency, dates where the person lives; all bounds inclusive. */
export interface PromiseOffer {
  readonly kind: 'offered';
  readonly amountMin: number;
  readonly amountMax: number;
  readonly dateFrom: LocalDate;
  readonly dateTo: LocalDate;
}

export interface ExtensionOffer {
  readonly kind: 'offered';
  readonly dateFrom: LocalDate;
  readonly dateTo: LocalDate;
}

export interface PlanOffer {
  readonly kind: 'offered';
  /** The sum that the plan pays: what is past due. */
  readonly total: number;
  readonly instalmentsMin: number;
  readonly instalmentsMax: number;
  readonly firstFrom: LocalDate;
  readonly firstTo: LocalDate;
  readonly lastTo: LocalDate;
  readonly firstAmountMin: number;
  readonly every: readonly ('week' | 'two_weeks' | 'month')[];
}

export interface DueDateOffer {
  readonly kind: 'offered';
  /** Days of the month. */
  readonly days: readonly number[];
}

export interface FeeWaiverOffer {
  readonly kind: 'offered';
  /** Up to this it is promised at once; more is for a person to decide. */
  readonly amountMax: number;
}

/** What a person may agree on for one account now: what the pages offer, and what a request is held against. */
export interface Offers {
  readonly account: Account;
  readonly promise: PromiseOffer | NotOffered;
  readonly extension: ExtensionOffer | NotOffered;
  readonly plan: PlanOffer | NotOffered;
  readonly dueDateChange: DueDateOffer | NotOffered;
  readonly feeWaiver: FeeWaiverOffer | NotOffered;
}
