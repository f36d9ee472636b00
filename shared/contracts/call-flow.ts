import * as z from 'zod';
import { IdentityFactSchema } from './agreement-rules.ts';
import { knownPrompts, openPrompts, promptLengthMax, type PromptName } from './call-prompts.ts';
import { AmountSchema, LocalDateSchema, LocaleSchema, PhoneSchema, WallTimeSchema } from './primitives.ts';

/** Most questions of one call: whoever has been asked so often is wished a good day. */
export const callTurnsMax = 30;

/** What a call has asked last, so that the answer is understood. */
export const callNodes = [
  'greeting',
  'first_fact',
  'second_fact',
  'menu',
  'amount',
  'amount_keys',
  'date',
  'date_keys',
  'confirm',
  'transfer',
] as const;
export const CallNodeSchema = z.enum(callNodes);
export type CallNode = z.infer<typeof CallNodeSchema>;

/**
 * Where a call stands, from one request of the provider to the next. It rides in the signed address of our webhook: whoever
 * is at the telephone can neither see nor change it. That somebody was found to be the right person is not in it: that is
 * written down with the person.
 */
export const CallStateSchema = z.strictObject({
  node: CallNodeSchema,
  /** Questions asked before this one. */
  turn: z.int().min(0).max(callTurnsMax),
  /** Times that this question was left without a usable answer. */
  silences: z.int().min(0).max(9),
  /** Of the second identity question: whether the first was answered rightly. */
  isFirstRight: z.boolean().optional(),
  /** What has been chosen of a promise so far. */
  amount: AmountSchema.positive().optional(),
  date: LocalDateSchema.optional(),
});
export type CallState = z.infer<typeof CallStateSchema>;

/** Days and times at which somebody picks up, by the creditor's clock. */
export const OpeningHoursSchema = z
  .array(
    z
      .strictObject({
        days: z
          .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
          .min(1)
          .max(7)
          .describe('Days of the week.'),
        from: WallTimeSchema.describe('When they begin, HH:MM.'),
        to: WallTimeSchema.describe('When they end, HH:MM.'),
      })
      .refine(({ from, to }) => from < to, 'ends before it begins'),
  )
  .min(1)
  .max(14);

/** Who takes calls that are put through. */
export const AgentsSchema = z.strictObject({
  phone: PhoneSchema.describe('Number to which a call is put through.'),
  hours: OpeningHoursSchema.describe(
    "Opening hours by the creditor's `timeZone`; closed on its public holidays.",
  ),
});

const seconds = z.int();

/** config/calls.yaml: how a call that somebody answers goes on. */
export const CallSettingsSchema = z.strictObject({
  identity: z
    .strictObject({
      facts: z
        .array(IdentityFactSchema)
        .min(2)
        .max(3)
        .describe(
          'What is asked before anything is told: the first two that the feed knows and that can be keyed in.',
        ),
      triesMax: z
        .int()
        .min(1)
        .max(10)
        .describe('Wrong pairs of answers after which nothing is asked any more.'),
      closedHours: z
        .int()
        .min(1)
        .max(720)
        .describe('For how long wrong answers count, over all calls of a person, in hours.'),
    })
    .describe('How the right person is known.'),
  asksMax: z
    .int()
    .min(1)
    .max(5)
    .describe('Times that one question is asked, when nothing or nothing usable is answered.'),
  keyWaitSeconds: seconds.min(3).max(30).describe('How long an answer is waited for, in seconds.'),
  ringSeconds: seconds
    .min(5)
    .max(60)
    .describe("How long the agents' telephone rings before the person is called back instead, in seconds."),
  promiseDays: z
    .array(z.int().min(0).max(60))
    .min(1)
    .max(5)
    .describe('Days from today that are offered for a promise by single keys, as far as promises may reach.'),
});
export type CallSettings = z.infer<typeof CallSettingsSchema>;

const prompt = z.string().trim().min(1).max(promptLengthMax);

function promptsOf<Name extends PromptName>(
  names: readonly Name[],
  about: string,
): Record<Name, typeof prompt>;
function promptsOf(names: readonly PromptName[], about: string) {
  return Object.fromEntries(
    names.map((name) => [name, prompt.describe(`${name.replaceAll('_', ' ')}: ${about}`)]),
  );
}

function namesOf<Name extends PromptName>(table: Readonly<Record<Name, unknown>>): readonly Name[];
function namesOf(table: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(table);
}

/** templates/<locale>/call-flow.prompts.yaml: what a call says in a language besides the texts of its contact. */
export const CallPromptsSchema = z.strictObject({
  ...promptsOf(namesOf(openPrompts), 'anybody may hear it.'),
  ...promptsOf(namesOf(knownPrompts), 'said once the person is known.'),
  hints: z
    .array(z.string().min(1).max(60))
    .max(100)
    .describe('Words that the speech recognition of this language should expect.'),
});
export type CallPrompts = z.infer<typeof CallPromptsSchema>;

/** What the functions know of calls: the settings and the prompts by locale. */
export const CallRulesSchema = z.strictObject({
  settings: CallSettingsSchema,
  prompts: z.record(LocaleSchema, CallPromptsSchema),
});
export type CallRules = z.infer<typeof CallRulesSchema>;
