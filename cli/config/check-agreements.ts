import type { AgreementRules, PlanRules, PromiseRules } from '#shared/contracts/agreement-rules.ts';
import { defaultQueue } from '#shared/contracts/queue.ts';
import { currencyDigits, isExactMinor } from '#shared/kernel/currency.ts';
import type { FoundConfig } from './check-bundle.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';

/** What is wrong at a field of agreements.yaml. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
  readonly fix: string;
}

/** Rules of config/agreements.yaml that contradict each other, in general or as an override completes them. */
export function agreementErrors({ agreements }: Pick<FoundConfig, 'agreements'>): ConfigError[] {
  const rules = agreements.value;
  const faults = [
    ...promiseFaults(rules.promises, {}, ['promises']),
    ...(rules.plans === null ? [] : planFaults(rules.plans, {}, ['plans'])),
    ...amountFaults(rules.feeWaiver?.amountMax, ['feeWaiver', 'amountMax']),
    ...amountFaults(rules.plans?.amountMin, ['plans', 'amountMin']),
    ...rules.overrides.flatMap((override, index) => overrideFaults(rules, override, ['overrides', index])),
  ];
  return faults.map(({ path, ...words }) => errorAt(agreements, path, words));
}

type Override = AgreementRules['overrides'][number];

function overrideFaults(rules: AgreementRules, override: Override, path: readonly PropertyKey[]): Fault[] {
  const { promises, plans, extensions } = override;
  if (promises === undefined && plans === undefined && extensions === undefined) {
    const fix = 'say what is other for these accounts, or remove it';
    return [{ path, problem: 'changes nothing', fix }];
  }
  const planPath = [...path, 'plans'];
  return [
    ...promiseFaults(rules.promises, promises ?? {}, [...path, 'promises']),
    ...(plans === undefined || plans === null ? [] : planOverrideFaults(rules, plans, planPath)),
    ...amountFaults(plans?.amountMin, [...planPath, 'amountMin']),
  ];
}

/** Some of the rules, as an override writes them. */
type Own<T> = { readonly [K in keyof T]?: T[K] | undefined };

function planOverrideFaults(
  { plans }: AgreementRules,
  own: Own<PlanRules>,
  path: readonly PropertyKey[],
): Fault[] {
  if (plans !== null) return planFaults(plans, own, path);
  const problem = 'changes plans, and none are offered in general';
  return [{ path, problem, fix: 'write `plans` above, or remove it here' }];
}

/** A reminder lies within the time of the longest promise: an earlier one would never be due. */
function promiseFaults(general: PromiseRules, own: Own<PromiseRules>, path: readonly PropertyKey[]): Fault[] {
  const horizonDays = own.horizonDays ?? general.horizonDays;
  const remindDaysBefore = own.remindDaysBefore ?? general.remindDaysBefore ?? 0;
  if (remindDaysBefore < horizonDays) return [];
  const field =
    own.remindDaysBefore === undefined && own.horizonDays !== undefined ? 'horizonDays' : 'remindDaysBefore';
  const problem = `reminds ${String(remindDaysBefore)} days before the date of a promise that may be at most ${String(horizonDays)} days ahead`;
  return [{ path: [...path, field], problem, fix: 'remind later or let promises be longer' }];
}

/** Least days between two instalments. */
const intervalDays = { week: 7, two_weeks: 14, month: 28 } as const;

/** The first instalment lies within the term, and the most instalments fit into it at the shortest interval. */
function planFaults(general: PlanRules, own: Own<PlanRules>, path: readonly PropertyKey[]): Fault[] {
  const of = <K extends keyof PlanRules>(key: K): PlanRules[K] => own[key] ?? general[key];
  const [termDays, firstWithinDays, instalmentsMax] = [
    of('termDays'),
    of('firstWithinDays'),
    of('instalmentsMax'),
  ];
  const at = (wanted: keyof PlanRules): readonly PropertyKey[] => [
    ...path,
    ...(own[wanted] !== undefined || Object.keys(own).length === 0 ? [wanted] : []),
  ];
  const shortestDays = Math.min(...of('every').map((interval) => intervalDays[interval]));
  const neededDays = (instalmentsMax - 1) * shortestDays;
  const faults: Fault[] = [];
  if (firstWithinDays > termDays) {
    const problem = `lets the first instalment be ${String(firstWithinDays)} days ahead, and the last only ${String(termDays)}`;
    faults.push({ path: at('firstWithinDays'), problem, fix: 'lower it or raise termDays' });
  }
  if (neededDays > termDays) {
    const problem = `offers ${String(instalmentsMax)} instalments, which take at least ${String(neededDays)} days: more than termDays, ${String(termDays)}`;
    faults.push({ path: at('instalmentsMax'), problem, fix: 'lower it or raise termDays' });
  }
  return faults;
}

/** Amounts that nobody can pay: of no currency, or with more decimals than it has. */
function amountFaults(
  amounts: Readonly<Record<string, number>> | undefined,
  path: readonly PropertyKey[],
): Fault[] {
  return Object.entries(amounts ?? {}).flatMap(([currency, amount]) => {
    const digits = currencyDigits(currency);
    if (digits !== null && isExactMinor(amount, digits)) return [];
    const problem =
      digits === null
        ? `is in ${currency}, which is no currency`
        : `is ${String(amount)}, and ${currency} has ${digits === 0 ? 'no decimals' : `${String(digits)} decimals`}`;
    const fix = digits === null ? 'write its ISO 4217 code' : 'round it';
    return [{ path: [...path, currency], problem, fix }];
  });
}

/** Holds that are longer of themselves than anybody may ask for. */
export function holdErrors({ holds }: Pick<FoundConfig, 'holds'>): ConfigError[] {
  return Object.entries(holds.value.holds).flatMap(([kind, { days = 0, daysMax = Infinity }]) => {
    if (days <= daysMax) return [];
    const problem = `is ${String(days)}, and daysMax ${String(daysMax)}`;
    return [errorAt(holds, ['holds', kind, 'days'], { problem, fix: 'lower it or raise daysMax' })];
  });
}

/** Queues that work of these files goes to: they exist, and people work them. */
export function peopleQueueErrors({ agreements, holds, queues }: FoundConfig): ConfigError[] {
  const named: readonly [Sourced<unknown>, readonly PropertyKey[], string][] = [
    [agreements, ['queue'], agreements.value.queue],
    ...Object.entries(holds.value.holds).map(
      ([kind, { queue }]) => [holds, ['holds', kind, 'queue'], queue] satisfies (typeof named)[number],
    ),
  ];
  const ofPeople = queues.filter(({ value }) => value.kind === 'human').map(({ value }) => value.queue);
  return named.flatMap(([source, path, name]) => {
    // Of the default queue another check tells that it is missing, once.
    if (ofPeople.includes(name) || name === defaultQueue) return [];
    const isKnown = queues.some(({ value }) => value.queue === name);
    const problem = isKnown
      ? `is "${name}", which an agency works`
      : `is "${name}", which has no file in queues/`;
    const fix = isKnown
      ? `use one that people work: ${ofPeople.join(', ')}`
      : `add queues/${name}.yaml or use one of ${ofPeople.join(', ')}`;
    return [errorAt(source, path, { problem, fix })];
  });
}
