import * as z from 'zod';
import { holdOutArm, sharesSum } from './experiment-shares.ts';
import { IdSchema, LocalDateSchema } from './primitives.ts';

/** Most arms of one experiment: with more, each has too few people to tell anything. */
const armsMax = 8;
/** Fewest people after whom a rate may stop an experiment. */
const peopleMin = 10;
const saltLengthMax = 200;

const ShareSchema = z
  .int()
  .min(1)
  .max(sharesSum - 1);

export const ExperimentArmSchema = z.strictObject({
  arm: IdSchema.refine((arm) => arm !== holdOutArm, {
    message: `must not be "${holdOutArm}", as the people without contact are counted`,
  }).describe('Name of the arm; it appears in the ledger and in counts.'),
  share: z.int().min(1).max(sharesSum).describe('People of this arm, in whole percent.'),
  strategy: IdSchema.describe('Strategy by which they are contacted; one arm has that of `champion`.'),
});

const RateSchema = z.number().positive().max(1);

export const GuardRailsSchema = z.strictObject({
  optOutRateMax: RateSchema.describe(
    'Stop when surely more than this share of the people contacted by a challenger opted out: 0.02 is 2 %.',
  ),
  complaintRateMax: RateSchema.describe('Stop when surely more than this share of them complained.'),
  minimumPeople: z
    .int()
    .min(peopleMin)
    .describe('People that an arm must have contacted before its rates can stop the experiment.'),
  compareWithChampion: z
    .boolean()
    .optional()
    .describe("Whether to stop as well when a challenger's rate is surely above the champion's."),
});
export type GuardRails = z.infer<typeof GuardRailsSchema>;

/** An experiment file: which share of a strategy's people is contacted by another one, or not at all, and how it ends. */
export const ExperimentSchema = z
  .strictObject({
    experiment: IdSchema.describe('Name of the experiment; equals the file name.'),
    title: z.string().max(200).describe('What it is to find out, in a few words.'),
    from: LocalDateSchema.describe('First day, where each person lives.'),
    to: LocalDateSchema.describe(
      'Last day, inclusive; from the next on everybody is contacted by the champion.',
    ),
    joinUntil: LocalDateSchema.optional().describe(
      'Last due date with which an account still takes part, so that those who joined can finish before `to`; absent: `to`.',
    ),
    champion: IdSchema.describe('Strategy in force, whose accounts take part.'),
    arms: z
      .array(ExperimentArmSchema)
      .min(1)
      .max(armsMax)
      .describe("Arms with their shares, the champion's own among them; add new ones at the end."),
    holdOut: z
      .strictObject({ share: ShareSchema.describe('People held out, in whole percent.') })
      .optional()
      .describe('People who get no automated contact; they go to people when the champion would have ended.'),
    salt: z
      .string()
      .min(1)
      .max(saltLengthMax)
      .optional()
      .describe('Text that people are drawn by; absent: the name. Another salt deals everybody anew.'),
    guardRails: GuardRailsSchema.describe('What stops the experiment by itself.'),
    sampleRatio: z
      .strictObject({
        pValueMin: z
          .number()
          .positive()
          .max(0.1)
          .describe('An alarm tells when the numbers of people are less likely than this; 0.001 is usual.'),
      })
      .describe('Whether as many people are in each arm as the shares say.'),
  })
  .superRefine((experiment, context) => {
    for (const { path, message } of experimentProblems(experiment)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
export type Experiment = z.infer<typeof ExperimentSchema>;

interface ExperimentProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Checked = Pick<Experiment, 'from' | 'to' | 'joinUntil' | 'champion' | 'arms' | 'holdOut'>;

/** What makes an experiment contradict itself. */
function experimentProblems(experiment: Checked): readonly ExperimentProblem[] {
  return [...dateProblems(experiment), ...armProblems(experiment), ...shareProblems(experiment)];
}

function dateProblems({ from, to, joinUntil = to }: Checked): readonly ExperimentProblem[] {
  if (to < from) return [{ path: ['to'], message: 'must not be before `from`' }];
  const outside = joinUntil < from || joinUntil > to;
  return outside ? [{ path: ['joinUntil'], message: 'must lie between `from` and `to`' }] : [];
}

function armProblems({ arms, champion }: Checked): readonly ExperimentProblem[] {
  const problems: ExperimentProblem[] = [];
  const names = new Set<string>();
  const strategies = new Map<string, string>();
  for (const [index, { arm, strategy }] of arms.entries()) {
    const path = ['arms', index];
    if (names.has(arm)) problems.push({ path: [...path, 'arm'], message: `is "${arm}" a second time` });
    const other = strategies.get(strategy);
    if (other !== undefined) {
      const whose = strategy === champion ? ', the champion,' : '';
      problems.push({
        path: [...path, 'strategy'],
        message: `is "${strategy}"${whose} which arm "${other}" has already`,
      });
    }
    names.add(arm);
    strategies.set(strategy, arm);
  }
  if (!strategies.has(champion))
    problems.push({ path: ['arms'], message: `has no arm with the champion's strategy "${champion}"` });
  return problems;
}

function shareProblems({ arms, holdOut }: Checked): readonly ExperimentProblem[] {
  const sum = arms.reduce((total, { share }) => total + share, holdOut?.share ?? 0);
  if (sum !== sharesSum) {
    const withHoldOut = holdOut === undefined ? '' : ' with the hold-out';
    return [{ path: ['arms'], message: `has shares of ${sum} %${withHoldOut}; they must be ${sharesSum} %` }];
  }
  const alone = arms.length === 1 && holdOut === undefined;
  return alone ? [{ path: ['arms'], message: 'has nobody to compare the champion with' }] : [];
}
