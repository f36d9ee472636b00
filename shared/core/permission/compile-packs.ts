import type { RuleDecisions } from '#shared/contracts/rule-decisions.ts';
import type { Force } from '#shared/contracts/permission-words.ts';
import type { Attach, Rule, RulePack } from '#shared/contracts/rule-pack.ts';
import { noHolidays, type Calendar } from '#shared/core/time/day-windows.ts';
import { zoneNamed } from '#shared/core/time/zone.ts';
import { parseLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';
import type { CompiledPack, CompiledRule } from './compiled-rule.ts';
import { holidayCalendar, type HolidayTable } from './holiday-calendar.ts';
import { purposeBits } from './purposes.ts';
import { appliesOf } from './rule-applies.ts';
import { judgeOf, mayDenyOf } from './rules/judge-of.ts';

/** All packs, ready to judge. */
export type CompiledPacks = {
  readonly byId: ReadonlyMap<string, CompiledPack>;
  /** Whom each pack binds, in the order of pack ids. */
  readonly attachments: readonly PackAttachment[];
  /** The same by country, so that a contact is not held against the law of every other one. */
  readonly attachmentsIn: ReadonlyMap<string, readonly PackAttachment[]>;
};
type PackAttachment = {
  readonly pack: string;
  readonly attach: Attach;
  /** The countries of `attach`, however many it names. */
  readonly countries: readonly string[];
};

/**
 * Makes packs ready to judge; done once, when a function starts. Throws an Error that names pack, rule and fix when
 * packs contradict each other or a decision names a rule that it cannot change.
 */
export function compilePacks(
  packs: readonly RulePack[],
  holidays: HolidayTable,
  decisions: RuleDecisions = {},
): CompiledPacks {
  const [wrong] = ruleDecisionProblems(packs, decisions);
  if (wrong !== undefined) throw new Error(`${wrong.path.join('.')} ${wrong.problem}`);
  const byId = new Map<string, CompiledPack>();
  for (const pack of packs) {
    if (byId.has(pack.pack)) throw new Error(`two packs are called "${pack.pack}": rename one`);
    byId.set(pack.pack, compilePack(pack, holidays, decisions));
  }
  return { byId, ...attachmentsOf(packs) };
}

/** Whom the packs bind, in the order of pack ids. */
function attachmentsOf(packs: readonly RulePack[]): Pick<CompiledPacks, 'attachments' | 'attachmentsIn'> {
  const attachments = packs
    .flatMap(({ pack, attach }) =>
      attach === undefined ? [] : [{ pack, attach, countries: [attach.country].flat() }],
    )
    .sort((left, right) => (left.pack < right.pack ? -1 : 1));
  const countries = new Set(attachments.flatMap((attachment) => attachment.countries));
  const inCountry = (country: string) =>
    attachments.filter((attachment) => attachment.countries.includes(country));
  return { attachments, attachmentsIn: new Map([...countries].map((one) => [one, inCountry(one)])) };
}

function compilePack(pack: RulePack, holidays: HolidayTable, decisions: RuleDecisions): CompiledPack {
  const calendar = pack.calendar === undefined ? noHolidays : holidayCalendar(pack.calendar, holidays);
  const ids = pack.rules.map((rule) => rule.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`pack ${pack.pack} has two rules called "${twice}": rename one`);
  // An unverified rule that nobody turned on is as good as not there: even the hold kinds it lists stay unmentioned.
  const enforced = pack.rules.filter((rule) => isEnforced(pack.pack, rule, decisions));
  const rules = enforced.map((rule) => compileRule(pack.pack, rule, calendar, decisions));
  const holdKinds = new Set(enforced.flatMap((rule) => (rule.kind === 'hold' ? rule.kinds : [])));
  return {
    id: pack.pack,
    version: String(pack.version),
    tz: compileTimeZone(pack),
    calendar,
    rules,
    holdKinds,
  };
}

function isEnforced(pack: string, rule: Rule, { enforceUnverified = [] }: RuleDecisions): boolean {
  return rule.status !== 'unverified' || enforceUnverified.includes(`${pack}/${rule.id}`);
}

function compileTimeZone(pack: RulePack): CompiledPack['tz'] {
  const { mode, zone: name = '' } = pack.tz;
  if (mode !== 'fixed') return { mode };
  const zone = zoneNamed(name);
  if (zone === undefined)
    throw new Error(`pack ${pack.pack}: tz.zone "${name}" is no IANA zone such as Asia/Shanghai`);
  return { mode, zone };
}

function compileRule(pack: string, rule: Rule, calendar: Calendar, decisions: RuleDecisions): CompiledRule {
  const id = `${pack}/${rule.id}`;
  return {
    id,
    kind: rule.kind,
    source: rule,
    force: rule.force,
    cite: rule.source?.cite ?? null,
    purposes: purposeBits(rule.purposes),
    applies: appliesOf(rule),
    effective: compileEffective(rule),
    relaxedBecause: decisions.relax?.[id],
    requires: rule.kind === 'content' ? rule.require : undefined,
    mayDeny: mayDenyOf(rule),
    judge: judgeOf(rule, calendar),
  };
}

function compileEffective({ effective }: Rule): CompiledRule['effective'] {
  if (effective === undefined) return undefined;
  return { from: dayOr(effective.from, -Infinity), to: dayOr(effective.to, Infinity) };
}

function dayOr(date: string | null | undefined, otherwise: number): LocalDay {
  return parseLocalDate(date ?? '') ?? otherwise;
}

/** A decision about a rule that cannot stand: where it is written, and what is wrong with it. */
export type RuleDecisionProblem = { readonly path: readonly string[]; readonly problem: string };

/** What is wrong with a deployment's decisions about the rules of its packs; empty when they can stand. */
export function ruleDecisionProblems(
  packs: readonly RulePack[],
  decisions: RuleDecisions,
): readonly RuleDecisionProblem[] {
  const rules = new Map(
    packs.flatMap((pack) => pack.rules.map((rule): [string, Rule] => [`${pack.pack}/${rule.id}`, rule])),
  );
  const relaxed = Object.entries(decisions.relax ?? {}).map(([id, reason]) => ({
    path: ['relax', id],
    problem: relaxationProblem(rules.get(id)?.force, reason),
  }));
  const enforced = (decisions.enforceUnverified ?? []).map((id) => ({
    path: ['enforceUnverified'],
    problem:
      rules.get(id)?.status === 'unverified' ? undefined : `names "${id}", which is no unverified rule`,
  }));
  return [...relaxed, ...enforced].flatMap(({ path, problem }) =>
    problem === undefined ? [] : [{ path, problem }],
  );
}

function relaxationProblem(force: Force | undefined, reason: string): string | undefined {
  if (force === undefined) return 'is a rule that no pack has';
  if (force === 'must' || force === 'presumption')
    return `is a rule of force ${force}: only should and house relax`;
  return reason.trim() === '' ? 'has no reason' : undefined;
}
