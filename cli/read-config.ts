import { join } from 'node:path';
import { AccountDecisionsSchema } from '#shared/contracts/account-decisions.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { CreditorSchema, type Creditor } from '#shared/contracts/creditor.ts';
import { LimitsSchema } from '#shared/contracts/limits.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { AgencySchema, QueueSchema, type Agency } from '#shared/contracts/queue.ts';
import { RuleDecisionsSchema, type RuleDecisions } from '#shared/contracts/rule-decisions.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { StrategySchema, type Strategy } from '#shared/contracts/strategy.ts';
import { ruleDecisionProblems } from '#shared/core/permission/compile-packs.ts';
import { checkBundle } from './config/check-bundle.ts';
import { checkExperiments, readExperiments } from './config/experiments.ts';
import { narrowestFirst } from './config/check-strategies.ts';
import { checkTemplate } from './config/check-templates.ts';
import { errorAt, type ConfigError, type Sourced } from './config/config-error.ts';
import { contentHash } from './config/content-hash.ts';
import {
  listFolder,
  readOptional,
  readYamlFile,
  readYamlFolder,
  refused,
  type Reading,
} from './config/read-files.ts';
import { readPriorities } from './config/read-priorities.ts';
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

const strategyNames = {
  field: 'strategy',
  of: ({ strategy }: Strategy) => strategy,
  versionOf: ({ version }: Strategy) => version,
};
const agencyNames = { field: 'agency', of: (value: Agency) => value.agency, isOptional: true } as const;
const creditorNames = { field: 'creditor', of: ({ creditor }: Creditor) => creditor };

/**
 * Reads a whole configuration folder, checks it, and makes the bundle that the functions load. Either everything is right
 * or nothing is used: all errors come back at once, each with file, line, field, what is wrong and what to do.
 *
 * `strategies` come narrowest first, so that the first that matches an account is the one in force. `version` is a hash of
 * the content alone.
 */
export async function readConfig(dir: string, options: ReadConfigOptions = {}): Promise<ReadConfig> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const [strategies, creditors, queues, agencies, accounts, limits, rules, policies, templates] =
    await Promise.all([
      readYamlFolder(join(dir, 'strategies'), StrategySchema, strategyNames),
      readYamlFolder(join(dir, 'creditors'), CreditorSchema, creditorNames),
      readYamlFolder(join(dir, 'queues'), QueueSchema, { field: 'queue', of: (value) => value.queue }),
      readYamlFolder(join(dir, 'agencies'), AgencySchema, agencyNames),
      readOptional(dir, 'accounts.yaml', AccountDecisionsSchema),
      readYamlFile(join(dir, 'limits.yaml'), LimitsSchema),
      readOptional(dir, 'rules.yaml', RuleDecisionsSchema),
      readPolicies(join(dir, 'policies')),
      readTemplates(join(dir, 'templates')),
    ]);
  const experiments = await readExperiments(dir);
  const priorities = await readPriorities(dir);
  const parts = [strategies, creditors, queues, agencies, accounts, limits, rules, policies, templates];
  const errors = [...parts, experiments, priorities].flatMap((part) => part.errors);
  errors.push(
    ...templates.templates.flatMap((read) => checkTemplate(read, templates.words.get(read.template.locale))),
  );
  const limitsFile = limits.found[0];
  if (errors.length > 0 || limitsFile === undefined) return { ok: false, errors: inOrder(errors) };
  const found = {
    strategies: strategies.found,
    creditors: creditors.found,
    queues: queues.found,
    agencies: agencies.found,
    accounts: accounts.found,
    segments: priorities.segments,
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
    queues: values(queues.found),
    agencies: values(agencies.found),
    accounts: values(accounts.found).flatMap((file) => file.accounts),
    templates: templates.templates.map(({ template }) => template),
    policies: values(policies.found),
    rules: decisions,
    holidays: holidays.table,
    experiments: values(experiments.found),
    ...priorities.content,
  };
  return { ok: true, bundle: { version: contentHash(content), ...content } };
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
