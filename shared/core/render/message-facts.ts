import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';

/** Who a message is from. */
interface Sender {
  /** Locale of the template that was found, so that amounts and dates speak the text's language. */
  readonly locale: string;
  readonly creditor: Creditor;
}

/** Who a message is for, and where it leads them. */
interface Addressee {
  readonly debtor: Pick<Debtor, 'givenName' | 'familyName'>;
  /** The person's own page to pay on; absent: the creditor's `payUrl`. */
  readonly payUrl?: string | undefined;
}

/** What is past due, or will fall due. The first account is the leading one: its dates are named. */
interface OverdueFacts extends Addressee {
  readonly accounts: readonly [Account, ...Account[]];
  /** Today where the person lives. */
  readonly today: LocalDate;
  /** The step's time to pay; absent: `payWithinDaysDefault`. */
  readonly payWithinDays?: number | undefined;
}

/** A payment that the person has promised. Amounts are in major units of its currency. */
interface PromiseFacts extends Addressee {
  readonly promise: {
    readonly amount: number;
    /** What of it has been paid so far. */
    readonly paidAmount: number;
    readonly currency: string;
    readonly dueDate: LocalDate;
  };
  /** The person's own page, where they see and change what was agreed. */
  readonly manageUrl: string;
}

/** Instalments that are offered or agreed: all alike but the first, which may be chosen, and the last, which takes what is left. */
interface PlanFacts extends Addressee {
  readonly plan: {
    /** How many, at least two. */
    readonly instalments: number;
    readonly total: number;
    readonly firstAmount: number;
    /** Of each instalment between the first and the last; of two the first's. */
    readonly amount: number;
    readonly lastAmount: number;
    readonly currency: string;
    readonly firstDate: LocalDate;
    readonly lastDate: LocalDate;
  };
  readonly manageUrl: string;
}

/** A payment that was booked. */
interface PaymentFacts extends Addressee {
  readonly payment: {
    readonly amount: number;
    readonly currency: string;
    readonly paidOn: LocalDate;
    /** What is still past due after it, 0 when nothing is. */
    readonly remaining: number;
  };
}

/** A question about how it went. */
interface SurveyFacts extends Addressee {
  readonly surveyUrl: string;
}

/** An answer to what the person wrote. */
interface AnswerFacts extends Addressee {
  readonly manageUrl: string;
}

/** A promise that the person is asked to confirm. */
interface ProposalFacts extends Addressee {
  readonly proposal: { readonly amount: number; readonly currency: string; readonly date: LocalDate };
  readonly manageUrl: string;
}

interface FactsOf {
  readonly overdue: OverdueFacts;
  readonly promise: PromiseFacts;
  readonly plan: PlanFacts;
  readonly payment: PaymentFacts;
  readonly survey: SurveyFacts;
  readonly answer: AnswerFacts;
  readonly proposal: ProposalFacts;
  /** Nobody knows who it is: nothing is said but who says it. */
  readonly stranger: object;
}

/** Everything that a message of a context is made from: a text about a promise cannot be made without the promise. */
export type MessageFacts<X extends TemplateContext = TemplateContext> = {
  readonly [K in X]: { readonly context: K } & Sender & FactsOf[K];
}[X];
