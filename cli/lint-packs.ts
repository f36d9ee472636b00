import type { Rule, RulePack } from '#shared/contracts/rule-pack.ts';
import { configErrorText, errorAt, type ConfigError, type Sourced } from './config/config-error.ts';

/** What a check of the packs found: faults, rules that do not deny yet, and what a reader should know. */
export type PacksReport = {
  readonly errors: readonly ConfigError[];
  /** `pack/rule` of every unverified rule, with what it rests on. */
  readonly unverified: readonly { readonly rule: string; readonly tag: string; readonly cite: string }[];
};

/**
 * Checks packs beyond their form: each rule names its source and tag, what rests on memory is marked unverified, and the
 * file is called like its pack, so that a reader of a decision finds the law it names.
 */
export function lintPacks(found: readonly Sourced<RulePack>[]): PacksReport {
  return { errors: found.flatMap((source) => packErrors(source)), unverified: found.flatMap(unverifiedOf) };
}

function packErrors(source: Sourced<RulePack>): readonly ConfigError[] {
  const { pack, rules } = source.value;
  const errors: ConfigError[] = [];
  if (!source.file.endsWith(`/${pack}.yaml`)) {
    errors.push(
      errorAt(source, ['pack'], { problem: `is "${pack}"`, fix: `rename the file to ${pack}.yaml` }),
    );
  }
  for (const [index, rule] of rules.entries()) errors.push(...ruleErrors(source, rule, ['rules', index]));
  return errors;
}

function ruleErrors(
  source: Sourced<RulePack>,
  rule: Rule,
  path: readonly PropertyKey[],
): readonly ConfigError[] {
  const tag = rule.source?.tag;
  if (tag === undefined) {
    const fix = 'give source.cite and source.tag, one of V1, V2, M+, M, M-, HOUSE';
    return [errorAt(source, path, { problem: `(${rule.id}) does not say what it rests on`, fix })];
  }
  const errors: ConfigError[] = [];
  if (tag.startsWith('M') && rule.status !== 'unverified') {
    const fix = 'set status: unverified, or read the law and change the tag';
    errors.push(
      errorAt(source, [...path, 'source', 'tag'], {
        problem: `is ${tag}, from memory, yet the rule denies`,
        fix,
      }),
    );
  }
  if (tag === 'HOUSE' && rule.force !== 'house') {
    const fix = 'set force: house, or name the law in the tag';
    errors.push(
      errorAt(source, [...path, 'force'], { problem: `is ${rule.force} for a default of our own`, fix }),
    );
  }
  return errors;
}

function unverifiedOf({ value: { pack, rules } }: Sourced<RulePack>): PacksReport['unverified'] {
  return rules
    .filter((rule) => rule.status === 'unverified')
    .map((rule) => ({
      rule: `${pack}/${rule.id}`,
      tag: rule.source?.tag ?? '',
      cite: rule.source?.cite ?? '',
    }));
}

/** The report as text for a person. */
export function packsReportText(report: PacksReport, packs: readonly Sourced<RulePack>[]): string {
  const rules = packs.reduce((count, { value }) => count + value.rules.length, 0);
  const lines = report.errors.map(configErrorText);
  if (report.unverified.length > 0)
    lines.push('', 'Not enforced until a deployment turns them on (unverified):');
  for (const { rule, tag, cite } of report.unverified)
    lines.push(`  ${rule.padEnd(34)} ${tag.padEnd(6)} ${cite}`);
  const faults = report.errors.length === 1 ? '1 fault' : `${report.errors.length} faults`;
  lines.push('', `${packs.length} packs, ${rules} rules, ${report.unverified.length} unverified, ${faults}.`);
  return `${lines.join('\n').trimStart()}\n`;
}
