import { join } from 'node:path';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { CreditorSchema } from '#shared/contracts/creditor.ts';
import { ExperimentSchema, type Experiment } from '#shared/contracts/experiment.ts';
import { LimitsSchema } from '#shared/contracts/limits.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { RuleDecisionsSchema, type RuleDecisions } from '#shared/contracts/rule-decisions.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { StrategySchema } from '#shared/contracts/strategy.ts';
import { ruleDecisionProblems } from '#shared/core/permission/compile-packs.ts';
import { checkBundle, narrowestFirst } from './config/check-bundle.ts';
import { checkExperiments } from './config/check-experiments.ts';
import { checkTemplate } from './config/check-templates.ts';
import { errorAt, type ConfigError, type Sourced } from './config/config-error.ts';
import { contentHash } from './config/content-hash.ts';
import { listFolder, readYamlFile, readYamlFolder, refused, type Reading } from './config/read-files.ts';
import { readTemplates } from './config/read-templates.ts';
import { holidayTable } from './holiday-table.ts';
import { readPacks } from './read-packs.ts';

export type { ConfigError } from './config/config-error.ts';

export type ReadConfig =
  | { readonly ok: true; readonly bundle: ConfigBundle }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

export interface ReadConfigOptions {
  /** The day from which public holidays are listed; default: the machine's. */
  readonly today?: LocalDate;
}

/** Public holidays are listed for the years from one before today to two after. */
const holidayYears = { before: 1, after: 2 };

/**
 * Reads a whole configuration folder, checks it, and makes the bundle that the functions load. Either everything is right
 * or nothing is used: all errors come back at once, each with file, line, field, what is wrong and what to do.
 *
 * `strategies` come narrowest first, so that the first that matches an account is the one in force. `version` is a hash of
 * the content alone.
 */
export async function readConfig(dir: string, options: ReadConfigOptions = {}): Promise<ReadConfig> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const [strategies, creditors, limits, rules, policies, templates, experiments] = await Promise.all([
    readYamlFolder(join(dir, 'strategies'), StrategySchema, {
      field: 'strategy',
      of: (value) => value.strategy,
    }),
    readYamlFolder(join(dir, 'creditors'), CreditorSchema, {
      field: 'creditor',
      of: (value) => value.creditor,
    }),
    readYamlFile(join(dir, 'limits.yaml'), LimitsSchema),
    readRuleDecisions(dir),
    readPolicies(join(dir, 'policies')),
    readTemplates(join(dir, 'templates')),
    readExperiments(join(dir, 'experiments')),
  ]);
  const errors = [strategies, creditors, limits, rules, policies, templates, experiments].flatMap(
    (part) => part.errors,
  );
  errors.push(
    ...templates.templates.flatMap((read) => checkTemplate(read, templates.words.get(read.template.locale))),
  );
  const limitsFile = limits.found[0];
  if (errors.length > 0 || limitsFile === undefined) return { ok: false, errors: inOrder(errors) };
  const found = {
    strategies: strategies.found,
    creditors: creditors.found,
    limits: limitsFile.value,
    templates: templates.templates,
  };
  const decisions = values(rules.found).at(0) ?? {};
  const contradictions = [
    ...checkBundle(found),
    ...checkRuleDecisions(rules.found, values(policies.found)),
    ...checkExperiments(experiments.found, strategies.found),
  ];
  if (contradictions.length > 0) return { ok: false, errors: inOrder(contradictions) };
  const holidays = readHolidays(policies.found, today);
  if (!holidays.ok) return holidays;
  const content = {
    limits: limitsFile.value,
    creditors: values(creditors.found),
    strategies: narrowestFirst(values(strategies.found)),
    templates: templates.templates.map(({ template }) => template),
    policies: values(policies.found),
    rules: decisions,
    holidays: holidays.table,
    experiments: values(experiments.found),
  };
  return { ok: true, bundle: { version: contentHash(content), ...content } };
}

const ruleDecisionsName = 'rules.yaml';

/** A deployment that decides nothing about single rules needs no file. */
async function readRuleDecisions(dir: string): Promise<Reading<RuleDecisions>> {
  const names = await listFolder(dir);
  if (names?.includes(ruleDecisionsName) !== true) return { found: [], errors: [] };
  return readYamlFile(join(dir, ruleDecisionsName), RuleDecisionsSchema);
}

/** Most deployments have no experiment, most of the time. */
async function readExperiments(dir: string): Promise<Reading<Experiment>> {
  const names = await listFolder(dir);
  if (names === null || names.length === 0) return { found: [], errors: [] };
  return readYamlFolder(dir, ExperimentSchema, {
    field: 'experiment',
    of: (value) => value.experiment,
  });
}

function checkRuleDecisions(
  decisions: readonly Sourced<RuleDecisions>[],
  policies: readonly RulePack[],
): readonly ConfigError[] {
  const fix = 'correct it or take it out; `dunwell packs lint` lists the rules';
  return decisions.flatMap((source) =>
    ruleDecisionProblems(policies, source.value).map(({ path, problem }) =>
      errorAt(source, path, { problem, fix }),
    ),
  );
}

async function readPolicies(dir: string): Promise<Reading<RulePack>> {
  if ((await listFolder(dir)) === null)
    return refused(dir, 'is missing', 'add the folder with at least one rule pack');
  return readPacks(dir);
}

type Holidays =
  | { readonly ok: true; readonly table: ConfigBundle['holidays'] }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** A pack whose country the holiday library does not know is the pack's error, not a crash. */
function readHolidays(policies: readonly Sourced<RulePack>[], today: LocalDate): Holidays {
  const year = Number(today.slice(0, 4));
  const years = { from: year - holidayYears.before, to: year + holidayYears.after };
  const table: ConfigBundle['holidays'] = {};
  const errors: ConfigError[] = [];
  for (const { file, value, lineOf } of policies) {
    try {
      for (const [region, dates] of Object.entries(holidayTable([value], years))) table[region] = [...dates];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const problem = message.replace(`pack ${value.pack}: `, '');
      errors.push({
        file,
        line: lineOf(['calendar']),
        field: 'calendar',
        problem,
        fix: 'correct country and state',
      });
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, table };
}

function values<T>(sources: readonly Sourced<T>[]): T[] {
  return sources.map(({ value }) => value);
}

function inOrder(errors: readonly ConfigError[]): readonly ConfigError[] {
  return [...errors].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
