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
};
type PackAttachment = { readonly pack: string; readonly attach: Attach };

/** What a deployment decides about the packs: rules that it relaxes, and unverified ones that it turns on. */
export type PackDecisions = {
  /** Written reason by `pack/rule`; only for rules of force `should` or `house`. */
  readonly relax?: Readonly<Record<string, string>> | undefined;
  /** Ids, `pack/rule`, of unverified rules that deny here. */
  readonly enforceUnverified?: readonly string[] | undefined;
};

/**
 * Makes packs ready to judge; done once, when a function starts. Throws an Error that names pack, rule and fix when
 * packs contradict each other or a decision names a rule that it cannot change.
 */
export function compilePacks(
  packs: readonly RulePack[],
  holidays: HolidayTable,
  decisions: PackDecisions = {},
): CompiledPacks {
  checkDecisions(packs, decisions);
  const byId = new Map<string, CompiledPack>();
  for (const pack of packs) {
    if (byId.has(pack.pack)) throw new Error(`two packs are called "${pack.pack}": rename one`);
    byId.set(pack.pack, compilePack(pack, holidays, decisions));
  }
  return { byId, attachments: attachmentsOf(packs) };
}

/** Whom the packs bind, in the order of pack ids. */
function attachmentsOf(packs: readonly RulePack[]): readonly PackAttachment[] {
  const attached = packs.flatMap(({ pack, attach }) => (attach === undefined ? [] : [{ pack, attach }]));
  return attached.sort((left, right) => (left.pack < right.pack ? -1 : 1));
}

function compilePack(pack: RulePack, holidays: HolidayTable, decisions: PackDecisions): CompiledPack {
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

function isEnforced(pack: string, rule: Rule, { enforceUnverified = [] }: PackDecisions): boolean {
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

function compileRule(pack: string, rule: Rule, calendar: Calendar, decisions: PackDecisions): CompiledRule {
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

function checkDecisions(packs: readonly RulePack[], decisions: PackDecisions): void {
  const named = packs.flatMap((pack) =>
    pack.rules.map((rule): [string, Rule] => [`${pack.pack}/${rule.id}`, rule]),
  );
  const rules = new Map(named);
  for (const [id, reason] of Object.entries(decisions.relax ?? {}))
    checkRelaxation(id, rules.get(id)?.force, reason);
  for (const id of decisions.enforceUnverified ?? []) {
    if (rules.get(id)?.status !== 'unverified')
      throw new Error(`enforceUnverified names "${id}", which is no unverified rule`);
  }
}

function checkRelaxation(id: string, force: Force | undefined, reason: string): void {
  if (force === undefined) throw new Error(`relax names "${id}", which no pack has: write pack/rule`);
  if (force === 'must' || force === 'presumption')
    throw new Error(`${id} has force ${force}: only should and house relax`);
  if (reason.trim() === '')
    throw new Error(`relax of ${id} has no reason: write why, for the decision's record`);
}
