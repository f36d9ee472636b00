import * as z from 'zod';
import { LocaleSchema } from './primitives.ts';
import { ReplyKindSchema, ReplyLanguageSchema } from './replies.ts';

/** Longest phrase or word of a table, in characters. */
const phraseLengthMax = 600;
/** Most phrases in one list. */
const phrasesMax = 1_000;
/** Most lists of words in one table. */
const listsMax = 100;

const PhraseSchema = z.string().min(1).max(phraseLengthMax);
const PhrasesSchema = z.array(PhraseSchema).max(phrasesMax);

const KindPhrasesSchema = z.strictObject({
  sure: PhrasesSchema.optional().describe('Wording that says it by itself.'),
  likely: PhrasesSchema.optional().describe('Wording that mostly says it.'),
  hint: PhrasesSchema.optional().describe('Wording that counts only where something else speaks for it too.'),
});

/** Kinds that phrases may be listed under: `bereavement` is a death in the family, which is told apart by the rest of the text. */
export const PhraseKindSchema = z.enum([...ReplyKindSchema.options, 'bereavement']);
export type PhraseKind = z.infer<typeof PhraseKindSchema>;

/** config/replies/<locale>.yaml: the words by which replies in a language are understood. */
export const ReplyTableSchema = z.strictObject({
  locale: LocaleSchema.describe('Equals the name of the file.'),
  language: ReplyLanguageSchema.describe(
    'What a reading calls this language; `und` for one that is not served in full.',
  ),
  marks: PhrasesSchema.describe('Frequent words by which the language is recognised.'),
  keywords: z
    .partialRecord(ReplyKindSchema, PhrasesSchema)
    .describe('Words that mean something only when they are the whole message, politeness aside.'),
  answers: z
    .partialRecord(z.enum(['confirm', 'deny']), PhrasesSchema)
    .optional()
    .describe('Words that answer a question of ours, as the whole message or its beginning.'),
  fillers: PhrasesSchema.optional().describe('Words that may stand around a keyword: please, thanks.'),
  negators: PhrasesSchema.optional().describe('Words that turn what follows them into its contrary.'),
  reporters: PhrasesSchema.optional().describe(
    'Verbs of speech: a contrary before them reaches beyond a subject.',
  ),
  subjects: PhrasesSchema.optional().describe('Words that begin a new statement: I, he, my.'),
  accused: PhrasesSchema.optional().describe(
    'Words before a negator that make it a reproach: (why) you (do not stop).',
  ),
  innocent: PhrasesSchema.optional().describe('Wording that holds a negator and denies nothing: no problem.'),
  breaks: PhrasesSchema.optional().describe('Words that end the reach of a negator: but, and.'),
  conditions: PhrasesSchema.optional().describe('Words that make a promise conditional: if, unless.'),
  channels: z
    .partialRecord(z.enum(['call', 'sms', 'email']), PhrasesSchema)
    .optional()
    .describe('Words that name a channel; a star at the end stands for any ending.'),
  spared: PhrasesSchema.optional().describe(
    'Words that look like a misspelling of a word of this table and are none.',
  ),
  lists: z
    .record(z.string().regex(/^[a-z]+$/), PhrasesSchema)
    .refine((lists) => Object.keys(lists).length <= listsMax, 'has too many lists')
    .optional()
    .describe('Lists of words, for use in phrases as <name>.'),
  ignore: PhrasesSchema.optional().describe(
    'Wording that holds other phrases and means none of them: stop by.',
  ),
  phrases: z
    .partialRecord(PhraseKindSchema, KindPhrasesSchema)
    .describe('Wording by kind; docs/replies.md explains the notation.'),
});
export type ReplyTable = z.infer<typeof ReplyTableSchema>;

const WindowTextSchema = z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/, 'write HH:MM-HH:MM');

/** config/replies.yaml: what holds for replies in every language. */
export const ReplySettingsSchema = z.strictObject({
  confidenceMin: z
    .number()
    .min(0.5)
    .max(1)
    .describe('Below it a reading changes nothing and a person looks at it.'),
  dayparts: z
    .strictObject({
      morning: WindowTextSchema.describe('In the morning.'),
      midday: WindowTextSchema.describe('At noon.'),
      afternoon: WindowTextSchema.describe('In the afternoon.'),
      evening: WindowTextSchema.describe('In the evening.'),
      night: WindowTextSchema.describe('At night.'),
      work: WindowTextSchema.describe('At work.'),
    })
    .describe('What people mean by a part of the day, local wall-clock time.'),
  answers: z
    .strictObject({
      perDayMax: z
        .int()
        .min(1)
        .max(50)
        .describe(
          'Most answers to one person within 24 hours; what they write beyond it is read and acted on, unanswered.',
        ),
      notUnderstoodHours: z
        .int()
        .min(1)
        .max(24 * 30)
        .describe('That we did not understand is said at most once in so many hours.'),
    })
    .describe('How often the machine answers what a person writes.'),
  paidPauseDays: z
    .int()
    .min(0)
    .max(30)
    .describe(
      'Days for which contact pauses after somebody says that they have paid: a payment needs some to arrive.',
    ),
  proposalHours: z
    .int()
    .min(1)
    .max(24 * 30)
    .describe('Hours for which a "yes" still makes the promise that we asked the person to confirm.'),
});
export type ReplySettings = z.infer<typeof ReplySettingsSchema>;

/** All that the reader of replies is told by operations. */
export const ReplyRulesSchema = z.strictObject({
  settings: ReplySettingsSchema,
  tables: z.array(ReplyTableSchema).min(1),
});
export type ReplyRules = z.infer<typeof ReplyRulesSchema>;
