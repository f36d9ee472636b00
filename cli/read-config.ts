import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { publishingDefault } from '#shared/contracts/publishing.ts';
import type { RuleDecisions } from '#shared/contracts/rule-decisions.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { contentHash } from '#shared/core/identity/content-hash.ts';
import {
  compilePacks,
  ruleDecisionProblems,
  type CompiledPacks,
} from '#shared/core/permission/compile-packs.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { checkBundle, type FoundConfig } from './config/check-bundle.ts';
import { callErrors } from './config/check-calls.ts';
import { contentErrors } from './config/check-content.ts';
import { holidayPlaceOf } from './config/check-creditors.ts';
import { narrowestFirst } from './config/check-strategies.ts';
import { checkTemplate } from './config/check-templates.ts';
import { errorAt, type ConfigError, type Sourced } from './config/config-error.ts';
import type { Reading } from './config/read-files.ts';
import { callRulesOf } from './config/read-calls.ts';
import { readParts } from './config/read-parts.ts';
import { replyRulesOf } from './config/read-replies.ts';
import { holidaysIn, holidayTable } from './holiday-table.ts';

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
  const parts = await readParts(dir);
  const found = foundIn(parts);
  if (!found.ok) return found;
  const { config } = found;
  const decisions = firstOf(parts.rules, {});
  const packs = values(parts.policies.found);
  const contradictions = [...checkBundle(config), ...checkRuleDecisions(parts.rules.found, packs)];
  if (contradictions.length > 0) return refused(contradictions);
  const holidays = readHolidays(parts.policies.found, config.creditors, today);
  if (!holidays.ok) return holidays;
  const refusals = contentRefusals(config, compilePacks(packs, holidays.table, decisions), today);
  return refusals.length > 0
    ? refused(refusals)
    : { ok: true, bundle: bundleOf(parts, config, holidays.table) };
}

type Parts = Awaited<ReturnType<typeof readParts>>;
type Refused = Extract<ReadConfig, { readonly ok: false }>;

function refused(errors: readonly ConfigError[]): Refused {
  return { ok: false, errors: inOrder(errors) };
}

/** All that was read, once no file has an error of its own and none that is needed is missing. */
function foundIn(parts: Parts): { readonly ok: true; readonly config: FoundConfig } | Refused {
  const { templates, words, errors: unread } = parts.templates;
  const errors = Object.values(parts).flatMap((part) => part.errors);
  errors.push(...templates.flatMap((read) => checkTemplate(read, words.get(read.template.locale))));
  const [limits] = parts.limits.found;
  const [agreements] = parts.agreements.found;
  const [holds] = parts.holds.found;
  const [replySettings] = parts.replySettings.found;
  errors.push(...callErrors(parts, { templates, words }));
  const replies = replyRulesOf(parts);
  const isWhole = errors.length === 0 && unread.length === 0;
  if (!isWhole || !limits || !agreements || !holds || !replySettings || !replies) return refused(errors);
  const config = {
    strategies: parts.strategies.found,
    creditors: parts.creditors.found,
    queues: parts.queues.found,
    agencies: parts.agencies.found,
    accounts: parts.accounts.found,
    segments: parts.segments.found,
    experiments: parts.experiments.found,
    limits: limits.value,
    agreements,
    holds,
    replySettings,
    replies,
    templates,
    words,
  };
  return { ok: true, config };
}

function bundleOf(parts: Parts, found: FoundConfig, holidays: ConfigBundle['holidays']): ConfigBundle {
  const calls = callRulesOf(parts);
  const content = {
    limits: found.limits,
    agreements: found.agreements.value,
    holds: found.holds.value.holds,
    creditors: values(found.creditors),
    strategies: narrowestFirst(values(found.strategies)),
    queues: values(found.queues),
    agencies: values(found.agencies),
    accounts: values(found.accounts).flatMap((file) => file.accounts),
    templates: found.templates.map(({ template }) => template),
    policies: values(parts.policies.found),
    rules: firstOf(parts.rules, {}),
    holidays,
    experiments: values(parts.experiments.found),
    publishing: firstOf(parts.publishing, publishingDefault),
    replies: found.replies,
    ...(calls !== undefined && { calls }),
    ...optional('segments', parts.segments),
    ...optional('riskModel', parts.riskModel),
    ...optional('priority', parts.priority),
    ...optional('prices', parts.prices),
  };
  return { version: contentHash(content), ...content };
}

/** What a file that may be left out says, or what its absence means. */
function firstOf<T>({ found }: Reading<T>, otherwise: T): T {
  return found[0]?.value ?? otherwise;
}

/** Texts that the packs, which have been checked, would always refuse; judged on the day of reading. */
function contentRefusals(
  { strategies, creditors, templates }: FoundConfig,
  packs: CompiledPacks,
  today: LocalDate,
): readonly ConfigError[] {
  const at = toInstant(Date.parse(`${today}T12:00:00Z`));
  return contentErrors({ strategies, creditors: values(creditors), templates, packs, at });
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

/** A part that a configuration may leave out, under its name in the bundle. */
function optional<Name extends string, T>(
  name: Name,
  { found }: Reading<T>,
): Partial<Readonly<Record<Name, T>>> {
  const [first] = found;
  const part: Partial<Record<Name, T>> = {};
  if (first !== undefined) part[name] = first.value;
  return part;
}

type Holidays =
  | { readonly ok: true; readonly table: ConfigBundle['holidays'] }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/**
 * Public holidays by which packs and creditors count days. A pack whose country the holiday library does not know is the
 * pack's error, not a crash; the places of the creditors have been checked.
 */
function readHolidays(
  policies: readonly Sourced<RulePack>[],
  creditors: FoundConfig['creditors'],
  today: LocalDate,
): Holidays {
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
  const places = values(creditors).map(holidayPlaceOf);
  for (const place of places) table[place] ??= [...holidaysIn(place, years)];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, table };
}

function values<T>(sources: readonly Sourced<T>[]): T[] {
  return sources.map(({ value }) => value);
}

function inOrder(errors: readonly ConfigError[]): readonly ConfigError[] {
  return [...errors].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
