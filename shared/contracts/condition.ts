import * as z from 'zod';

/** Most values in one list of a condition, and most alternatives in `any` or `none`. */
const valuesMax = 200;
const alternativesMax = 20;
const valueLengthMax = 200;

const NumberTestSchema = z
  .union([
    z.number(),
    z
      .strictObject({
        gt: z.number().optional().describe('Greater than.'),
        gte: z.number().optional().describe('At least.'),
        lt: z.number().optional().describe('Less than.'),
        lte: z.number().optional().describe('At most.'),
      })
      .refine((test) => Object.keys(test).length > 0, { message: 'names no bound: use gt, gte, lt or lte' }),
  ])
  .meta({ id: 'NumberTest' });
export type NumberTest = z.infer<typeof NumberTestSchema>;

const WordSchema = z.string().min(1).max(valueLengthMax);
const WordsSchema = z.union([WordSchema, z.array(WordSchema).min(1).max(valuesMax)]);
const WordTestSchema = z
  .union([
    WordsSchema,
    z.strictObject({ not: WordsSchema.describe('Holds when the fact is known and none of these is it.') }),
  ])
  .meta({ id: 'WordTest' });
export type WordTest = z.infer<typeof WordTestSchema>;

const AttributeTestSchema = z.union([NumberTestSchema, WordTestSchema]);
export type AttributeTest = z.infer<typeof AttributeTestSchema>;

function number(about: string) {
  return NumberTestSchema.optional().describe(about);
}

function word(about: string) {
  return WordTestSchema.optional().describe(about);
}

/** Facts that are numbers; shared/core/conditions/number-facts.ts works them out. */
const numberFields = {
  daysPastDue: number('Days since the due date of the oldest unpaid instalment; negative before it.'),
  balance: number("All that is owed, in the account's currency."),
  pastDue: number("What is past due, in the account's currency."),
  minimumDue: number("One instalment, in the account's currency."),
  instalmentsLate: number('Unpaid instalments whose due date has passed.'),
  accountsLate: number('Accounts of the person that are past due.'),
  risk: number('Probability that the account does not cure by itself, 0 to 1.'),
  recovery: number('Predicted probability that it does, 0 to 1.'),
  contacts: number('Contacts made about the account at its present age: since its oldest unpaid due date.'),
  contactsSms: number('Of these contacts, text messages.'),
  contactsEmail: number('Of these contacts, e-mails.'),
  contactsCall: number('Of these contacts, calls.'),
  conversations: number('Of these contacts, calls that somebody answered.'),
  unansweredCalls: number('Of these contacts, calls without an answer, busy, or taken by a machine.'),
  delivered: number('Of these contacts, messages that were delivered.'),
  undelivered: number('Of these contacts, those that reached nobody: undelivered, or number not in service.'),
  daysSinceContact: number('Days since the last contact to the person about anything; unknown without one.'),
  responseSms: number('Share of the text messages of 90 days that were delivered; unknown without one.'),
  responseEmail: number('Share of the e-mails of 90 days that were delivered; unknown without one.'),
  responseCall: number('Share of the calls of 90 days that somebody answered; unknown without one.'),
  payments: number('Payments on the account in 90 days.'),
  daysSincePayment: number('Days since the last payment on the account; unknown without one.'),
  brokenPromises: number(
    'Promises on the account that were not paid at all, failed plans, and what the feed tells in `x_broken_promises`.',
  ),
  keptPromises: number('Promises on the account that were kept.'),
  complaints: number('Complaints that were recorded, and what the feed tells in `x_complaints`.'),
};
export type NumberFact = keyof typeof numberFields;

/** Facts that are words, or sets of words of which one has to match; shared/core/conditions/word-facts.ts tells them. */
const wordFields = {
  creditor: word('Id of the creditor.'),
  product: word('Product of the account.'),
  currency: word('Currency of the account.'),
  country: word('Where the person lives, ISO 3166-1.'),
  region: word('Subdivision of the country, ISO 3166-2 without the country.'),
  language: word("The person's language, such as `zh-CN`."),
  phoneKind: word('`mobile`, `landline` or `work`; unknown without a telephone.'),
  reachable: word('Channels (`sms`, `email`, `call`) with an address that is not over and no opt-out.'),
  optedOut: word('Channels that the person has refused.'),
  lastChannel: word('Channel of the last contact about the account at its present age.'),
  lastOutcome: word('What became of that contact: `delivered`, `no_answer`, `conversation`, ….'),
  segment: word('Segment of the person, by config/segments.yaml.'),
  holds: word('Kinds of the holds in force: `dispute`, `hardship`, `deceased`, …; see config/holds.yaml.'),
  riskClass: word('Risk class: `low`, `medium`, `high` or `very_high`.'),
};
export type WordFact = keyof typeof wordFields;

/** Tests on facts, all of which must hold. A test on something that is not known does not hold. */
export const FactTestsSchema = z
  .strictObject({
    ...numberFields,
    ...wordFields,
    attributes: z
      .record(z.string().regex(/^x_[A-Za-z0-9_]{1,62}$/, 'name a column x_…'), AttributeTestSchema)
      .optional()
      .describe('Columns `x_…` of the feed, compared as numbers where the test is one.'),
  })
  .meta({ id: 'FactTests' });
export type FactTests = z.infer<typeof FactTestsSchema>;

const AlternativesSchema = z.array(FactTestsSchema).min(1).max(alternativesMax);

/** A condition of a strategy, a segment or a route: facts that must hold, one of several, none of several. */
export const ConditionSchema = FactTestsSchema.extend({
  any: AlternativesSchema.optional().describe('At least one of these must hold too.'),
  none: AlternativesSchema.optional().describe('None of these may hold.'),
})
  .refine((condition) => Object.keys(condition).length > 0, {
    message: 'says nothing: name a fact, or leave it out to mean always',
    // A misspelt fact is told by itself.
    when: ({ issues }) => issues.length === 0,
  })
  // Named, so that the JSON Schemas and the reference tell its many fields once.
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof ConditionSchema>;
