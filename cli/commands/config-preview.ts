import { createReadStream, type ReadStream } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { compileRules } from '#shared/core/decision/compile-rules.ts';
import type { TallyReport } from '#shared/core/preview/tally.ts';
import { portfolioPeople } from '#shared/usecases/portfolio-people.ts';
import {
  previewDaysMax,
  previewPortfolio,
  type Assumption,
  type PreviewedConfig,
} from '#shared/usecases/preview-portfolio.ts';
import { CommandError } from '../command-error.ts';
import { readNamedConfig, type NamedConfig } from '../config/named-config.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { startProgress } from '../portfolio/progress-bar.ts';
import { contactCost } from '../preview/contact-cost.ts';
import { openPlanFile } from '../preview/plan-file.ts';
import type { Preview, PreviewSide } from '../preview/preview.ts';
import { previewText } from '../preview/preview-text.ts';

export interface PreviewArgs {
  readonly portfolio: string;
  /** A folder or `git:REVISION`; default: the project's `config`. */
  readonly config?: string | undefined;
  /** The configuration to compare with. */
  readonly against?: string | undefined;
  readonly from: LocalDate;
  readonly days: number;
  readonly assume: Assumption;
  /** File for the plan, or for all changes when two configurations are compared. */
  readonly csv?: string | undefined;
  readonly json: boolean;
}

/**
 * `dunwell config preview --portfolio FILE`: who of a portfolio would be contacted when and by what, under one
 * configuration or under two. Sends nothing, and writes nothing but the CSV file that is asked for.
 *
 * @throws CommandError when a configuration or the portfolio is refused as a whole.
 */
export async function configPreviewCommand(
  args: PreviewArgs,
  io: { readonly output: Writable; readonly errors: NodeJS.WriteStream },
): Promise<ExitStatus> {
  const preview = await previewOf(args, io.errors);
  io.output.write(args.json ? `${JSON.stringify(preview)}\n` : previewText(preview));
  return exitStatus.done;
}

/** The configuration of this project, as a path from where the command is run. */
function configDefault(): string {
  return path.relative(process.cwd(), path.join(import.meta.dirname, '../../config')) || '.';
}

async function previewOf(args: PreviewArgs, errors: NodeJS.WriteStream): Promise<Preview> {
  const { portfolio: file, from, days, assume, csv: csvFile } = args;
  checkDays(days);
  const bytesTotal = await sizeOfInput(file);
  const { config, against } = await readConfigs(args);
  const reading = openedTwice(file);
  const { people, count } = await openPeople(file, reading.open, from);
  const csv =
    csvFile === undefined ? null : await openPlanFile(csvFile, against === null ? 'plan' : 'changes');
  const progress = startProgress(errors, bytesTotal, args);
  const setting = {
    config: pricedRules(config),
    against: against && pricedRules(against),
    ...{ from, days, assume },
  };
  const report = await previewPortfolio(people, setting, (person) => {
    progress.update(reading.bytesRead(), count.rows);
    return csv?.add(person);
  }).finally(() => {
    progress.stop();
    return csv?.close();
  });
  return {
    portfolio: { file, ...count },
    from,
    days,
    assume,
    config: sideOf(config, report.config),
    against: against && report.against && sideOf(against, report.against),
    changes: report.changes,
    csv: csvFile ?? null,
  };
}

function checkDays(days: number): void {
  if (days >= 1 && days <= previewDaysMax) return;
  const sentence = `--days is ${days}: name 1 to ${previewDaysMax} days`;
  throw new CommandError(exitStatus.refused, 'usage', [sentence]);
}

interface Configs {
  readonly config: NamedConfig;
  readonly against: NamedConfig | null;
}

async function readConfigs(args: PreviewArgs): Promise<Configs> {
  const name = args.config ?? configDefault();
  const folder = name.startsWith('git:') ? configDefault() : name;
  const config = await readNamedConfig(name, { folder, today: args.from });
  if (args.against === undefined) return { config, against: null };
  return { config, against: await readNamedConfig(args.against, { folder, today: args.from }) };
}

async function openPeople(file: string, read: () => ReadStream, today: LocalDate) {
  const opened = await portfolioPeople(read, { today });
  if (opened.kind === 'opened') return opened;
  const reasons = opened.errors.map(({ message }) => `${file}: ${message}`);
  throw new CommandError(exitStatus.refused, opened.errors[0]?.problem ?? 'refused', reasons);
}

function pricedRules({ bundle }: NamedConfig): PreviewedConfig {
  const rules = compileRules(bundle);
  return { rules, costOf: contactCost(rules, bundle.prices) };
}

function sideOf({ name, bundle }: NamedConfig, tally: TallyReport): PreviewSide {
  const currency = bundle.prices?.currency ?? null;
  return { name, version: bundle.version, pace: bundle.limits.pace, currency, ...tally };
}

/** A file that is read more than once, with how far the present reading has come. */
function openedTwice(file: string) {
  let stream: ReadStream | undefined;
  return {
    open: (): ReadStream => (stream = createReadStream(file)),
    bytesRead: (): number => stream?.bytesRead ?? 0,
  };
}
