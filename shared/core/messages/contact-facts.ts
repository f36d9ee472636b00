import type { Subject } from '#shared/contracts/ledger.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import { agreementsOn, type AccountAgreements } from '#shared/core/agreements/account-agreements.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { homeZoneOf } from '#shared/core/decision/person-view.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { zonesOf } from '#shared/core/zones/zones-of.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { MessageSubject } from './message-subject.ts';
import { planAsAgreed, promisedPart } from './plan-facts.ts';

/** Why a message cannot be filled: what it is about is not there. */
export interface NoFacts {
  readonly missing: string;
}

/**
 * What a contact's text of a context is filled with, as it stands now. A message about a promise that has been paid in
 * part since it was decided on names what is open, not what was.
 */
export function contactFacts<X extends TemplateContext>(
  context: X,
  subject: MessageSubject,
): MessageFacts<X> | NoFacts {
  const factsOf: (subject: MessageSubject) => MessageFacts<X> | NoFacts = facts[context];
  return factsOf(subject);
}

const facts: {
  readonly [X in TemplateContext]: (subject: MessageSubject) => MessageFacts<X> | NoFacts;
} = {
  overdue: overdueFacts,
  promise: promiseFacts,
  plan: planFacts,
  payment: paymentFacts,
  survey: (subject) =>
    subject.pages === undefined
      ? { missing: 'no_link' }
      : { context: 'survey', ...addressOf(subject), surveyUrl: subject.pages.surveyUrl },
  answer: (subject) => ({ context: 'answer', ...addressOf(subject), manageUrl: manageUrlOf(subject) }),
  proposal: proposalFacts,
  stranger: () => ({ missing: 'no_stranger' }),
};

function addressOf({ contact, debtor, creditor, pages }: MessageSubject) {
  return { locale: contact.locale, debtor, creditor, payUrl: pages?.payUrl };
}

function overdueFacts(subject: MessageSubject): MessageFacts<'overdue'> {
  const { contact, debtor, accounts, rules, now } = subject;
  const zone = homeZoneOf(zonesOf(debtor)) ?? 'UTC';
  return {
    context: 'overdue',
    ...addressOf(subject),
    accounts,
    today: localDateAt(zone, now),
    payWithinDays: payWithinDaysOf(contact.about[0], rules),
  };
}

/** The time to pay that the leading account's step gives; undefined when the configuration no longer has that step. */
function payWithinDaysOf(about: Subject | undefined, rules: DecisionRules): number | undefined {
  const versions = rules.strategies.flatMap((family) => family.versions);
  const strategy = versions.find(({ id }) => id === about?.strategy);
  return strategy?.steps.find(({ step }) => step.id === about?.step)?.step.payWithinDays;
}

/** What was agreed on the leading account, and how it stands now. */
function agreedOn({ accounts, person, now }: MessageSubject): AccountAgreements {
  return agreementsOn(accounts[0], person, now);
}

function agreementIdOf({ contact }: MessageSubject): string {
  return contact.about[0]?.agreement ?? 'none';
}

function noAgreement(subject: MessageSubject): NoFacts {
  return { missing: `no_agreement/${agreementIdOf(subject)}` };
}

/** Where a person sees and changes what was agreed: their page, else the creditor's. */
function manageUrlOf({ pages, creditor }: MessageSubject): string {
  return pages?.manageUrl ?? creditor.payUrl;
}

/** A promise, or the instalment of a plan that the message is about: instalments are promises too. */
function promiseFacts(subject: MessageSubject): MessageFacts<'promise'> | NoFacts {
  const wanted = agreementIdOf(subject);
  const { promises, plans } = agreedOn(subject);
  const promise = promises.find((one) => one.promise.promiseId === wanted);
  const about = { context: 'promise', ...addressOf(subject), manageUrl: manageUrlOf(subject) } as const;
  if (promise !== undefined) {
    const { amount, currency, dueDate } = promise.promise;
    return { ...about, promise: { amount, paidAmount: promise.paid, currency, dueDate } };
  }
  const plan = plans.find((one) => one.plan.planId === wanted);
  const part = plan === undefined ? null : promisedPart(plan, subject.contact.about[0]?.dueDate);
  return part === null ? noAgreement(subject) : { ...about, promise: part };
}

function planFacts(subject: MessageSubject): MessageFacts<'plan'> | NoFacts {
  const standing = agreedOn(subject).plans.find(({ plan }) => plan.planId === agreementIdOf(subject));
  const plan = standing === undefined ? null : planAsAgreed(standing.plan);
  return plan === null
    ? noAgreement(subject)
    : { context: 'plan', ...addressOf(subject), plan, manageUrl: manageUrlOf(subject) };
}

/** A promise that the person's own message left open. */
function proposalFacts(subject: MessageSubject): MessageFacts<'proposal'> | NoFacts {
  const { person, accounts } = subject;
  const inbound = person.inbound.find(({ inboundId }) => inboundId === agreementIdOf(subject));
  if (inbound?.proposal === undefined) return noAgreement(subject);
  const { amount, date } = inbound.proposal;
  const proposal = { amount, date, currency: accounts[0].currency };
  return { context: 'proposal', ...addressOf(subject), proposal, manageUrl: manageUrlOf(subject) };
}

/** A payment; its day is the creditor's. */
function paymentFacts(subject: MessageSubject): MessageFacts<'payment'> | NoFacts {
  const { person, accounts, creditor, rules } = subject;
  const payment = person.payments.find(({ paymentId }) => paymentId === agreementIdOf(subject));
  if (payment === undefined) return noAgreement(subject);
  const { amount, currency, bookedAt } = payment;
  const zone = rules.bookingCalendars.get(creditor.creditor)?.zone ?? 'UTC';
  const paidOn = localDateAt(zone, toInstant(bookedAt));
  return {
    context: 'payment',
    ...addressOf(subject),
    payment: { amount, currency, paidOn, remaining: accounts[0].pastDue },
  };
}
