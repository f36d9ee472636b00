import { parseArgs } from 'node:util';
import { configDir } from '#infra/build/build-paths.ts';
import * as z from 'zod';

/** Virtual days that a headless run may last. */
const daysMax = 400;
/** A day a minute. */
const speedDefault = 1_440;

const OptionsSchema = z.strictObject({
  headless: z.boolean().default(false),
  json: z.boolean().default(false),
  built: z.boolean().default(false),
  days: z.coerce.number().int().min(1).max(daysMax).default(14),
  speed: z.coerce.number().positive().max(100_000).default(speedDefault),
  seed: z.string().min(1).max(64).default('1'),
  data: z.string().min(1).optional(),
  config: z.string().min(1).default(configDir),
  portfolio: z.string().min(1).optional(),
  payments: z.string().min(1).optional(),
  from: z.iso.date().optional(),
  help: z.boolean().default(false),
});
export type StartOptions = z.infer<typeof OptionsSchema>;

export const helpText = `npm start                        runs the whole machine here and shows it at work, a day a minute
npm start -- --headless --days 14 --json   runs 14 days as fast as it can and prints what came of them

  --headless        no live view: run, print the summary, exit
  --json            print the summary as JSON
  --built           run the template that was synthesised last instead of building it again
  --days N          virtual days to run headless (1 to ${String(daysMax)}; 14)
  --speed N         virtual seconds per second in the live view (${String(speedDefault)}, a day a minute)
  --seed TEXT       another seed gives other behaviour of the simulated people ("1")
  --config DIR      configuration to run by, published again whenever a file of it changes (config)
  --data DIR        keep everything in DIR, and go on from there the next time
  --portfolio FILE  import this portfolio instead of the 200 invented people
  --from DATE       virtual day on which the run begins (needed with --portfolio; the invented people have their own)
  --payments FILE   replay these payments (NDJSON) instead of letting the simulated people pay
`;

/**
 * Reads the command line.
 *
 * @throws Error that names the option, what is wrong with its value, and what it takes.
 */
export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      headless: { type: 'boolean' },
      json: { type: 'boolean' },
      built: { type: 'boolean' },
      days: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      portfolio: { type: 'string' },
      payments: { type: 'string' },
      from: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const parsed = OptionsSchema.safeParse(values);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  return parsed.data;
}
