import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { AccountDecision } from '#shared/contracts/account-decisions.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import type { Template } from '#shared/contracts/template.ts';
import { agreementRisks } from './agreement-risks.ts';
import type { ConfigRisk } from './config-risk.ts';
import { experimentRisks } from './experiment-risks.ts';
import { saysTheSame } from './plain-value.ts';
import { publishingRisks } from './publishing-risks.ts';
import { relaxations } from './rule-risks.ts';
import { strategyPairs } from './strategy-changes.ts';
import { strategyRisks } from './strategy-risks.ts';
import { textName } from './text-changes.ts';

/** What of a change should be looked at twice before it is published: whatever allows more contacts, or leaves somebody out. */
export function configRisks(before: ConfigBundle, after: ConfigBundle): ConfigRisk[] {
  return [
    ...strategyRisks(strategyPairs(before.strategies, after.strategies)),
    ...textRisks(before.templates, after.templates),
    ...creditorRisks(before, after),
    ...limitRisks(before.limits, after.limits),
    ...packRisks(before.policies, after.policies),
    ...ruleDecisionRisks(before, after),
    ...accountRisks(before.accounts, after.accounts),
    ...queueRisks(before, after),
    ...experimentRisks(before.experiments, after.experiments),
    ...agreementRisks(before, after),
    ...publishingRisks(before.publishing, after.publishing),
  ];
}

function textRisks(before: readonly Template[], after: readonly Template[]): ConfigRisk[] {
  return before.flatMap((old) => {
    const name = textName(old);
    const next = after.find((one) => textName(one) === name && one.locale === old.locale);
    if (next === undefined) {
      const words = `${old.locale} is gone: people of that language get it in another one, or not at all`;
      return [{ kind: 'text', name, words }];
    }
    const more = next.elements.filter((element) => !old.elements.includes(element));
    if (more.length === 0) return [];
    const words = `${old.locale} claims to contain ${more.join(', ')} now: rules rely on it, so read that it does`;
    return [{ kind: 'text', name, words }];
  });
}

function creditorRisks(before: ConfigBundle, after: ConfigBundle): ConfigRisk[] {
  return before.creditors.flatMap((old) => {
    const next = after.creditors.find(({ creditor }) => creditor === old.creditor);
    const risk = (words: string): ConfigRisk => ({ kind: 'creditor', name: old.creditor, words });
    if (next === undefined) return [risk('is removed: its accounts go to people')];
    const fields = (['country', 'party'] as const).filter((field) => old[field] !== next[field]);
    return fields.map((field) => risk(`${field} ${old[field]} → ${next[field]}: other rules bind it`));
  });
}

function limitRisks(before: Limits, after: Limits): ConfigRisk[] {
  const raised: readonly (readonly [string, number, number, string])[] = [
    ...(['sms', 'email', 'call'] as const).map(
      (channel) =>
        [
          `pace.${channel}.perSecond`,
          before.pace[channel].perSecond,
          after.pace[channel].perSecond,
          "keep it within the provider's account",
        ] as const,
    ),
    ['attemptsMax', before.attemptsMax, after.attemptsMax, 'a failing contact is tried more often'],
    ['smsSegmentsMax', before.smsSegmentsMax, after.smsSegmentsMax, 'longer texts cost more'],
  ];
  const lowered: readonly (readonly [string, number, number, string])[] = [
    ['gapMinutes', before.gapMinutes, after.gapMinutes, 'contacts to one person may follow sooner'],
    [
      'sendMarginMinutes',
      before.sendMarginMinutes,
      after.sendMarginMinutes,
      'a contact may come nearer to the end of its hours',
    ],
    [
      'reopenSpreadMinutes',
      before.reopenSpreadMinutes,
      after.reopenSpreadMinutes,
      'more contacts leave at once when hours begin',
    ],
  ];
  const risk =
    (verb: string) =>
    ([field, old, next, why]: readonly [string, number, number, string]) => ({
      kind: 'limits',
      name: '',
      words: `${field} is ${verb}: ${old} → ${next}; ${why}`,
    });
  return [
    ...raised.filter(([, old, next]) => next > old).map(risk('raised')),
    ...lowered.filter(([, old, next]) => next < old).map(risk('lowered')),
  ];
}

function packRisks(before: readonly RulePack[], after: readonly RulePack[]): ConfigRisk[] {
  return before.flatMap((old) => {
    const next = after.find(({ pack }) => pack === old.pack);
    const risk = (words: string): ConfigRisk => ({ kind: 'rule pack', name: old.pack, words });
    if (next === undefined) return [risk('is removed: none of its rules bind any more')];
    if (saysTheSame(old, next)) return [];
    const isSilent = String(old.version) === String(next.version);
    return [
      ...(isSilent
        ? [risk('is changed without a new version: decisions before and after it cannot be told apart')]
        : []),
      ...(['attach', 'tz', 'calendar'] as const)
        .filter((field) => !saysTheSame(old[field], next[field]))
        .map((field) => risk(`${field} is another one: ${attachmentWords[field]}`)),
      ...rulesRelaxed(old, next).map(risk),
    ];
  });
}

const attachmentWords = {
  attach: 'it may bind fewer people',
  tz: 'its hours may be judged by fewer zones',
  calendar: 'some holidays may be none any more',
};

function rulesRelaxed(before: RulePack, after: RulePack): string[] {
  return before.rules.flatMap((old) => {
    const next = after.rules.find(({ id }) => id === old.id);
    if (next === undefined) return [`rule ${old.id}: is removed`];
    return relaxations(old, next).map((words) => `rule ${old.id}: ${words}`);
  });
}

function ruleDecisionRisks({ rules: before }: ConfigBundle, { rules: after }: ConfigBundle): ConfigRisk[] {
  const relaxed = Object.keys(after.relax ?? {}).filter((id) => before.relax?.[id] === undefined);
  const off = (before.enforceUnverified ?? []).filter((id) => !(after.enforceUnverified ?? []).includes(id));
  const risk = (words: string): ConfigRisk => ({ kind: 'rules.yaml', name: '', words });
  return [
    ...relaxed.map((id) => risk(`${id} is relaxed: it does not deny any more`)),
    ...off.map((id) => risk(`${id} is not turned on any more: it does not deny`)),
  ];
}

/** Accounts that were left alone or held, and are not so any more, or not for as long. */
function accountRisks(before: readonly AccountDecision[], after: readonly AccountDecision[]): ConfigRisk[] {
  const sparing = before.filter(({ action }) => action !== 'strategy');
  const gone = sparing.filter((old) => !after.some((next) => covers(next, old)));
  return gone.map(({ account, action, from, until }) => ({
    kind: 'account',
    name: account,
    words: `${action} from ${from} until ${until} is gone or shorter: it may be contacted again`,
  }));
}

function covers(next: AccountDecision, old: AccountDecision): boolean {
  const isAlike = next.account === old.account && next.action === old.action;
  return isAlike && next.from <= old.from && next.until >= old.until;
}

function queueRisks(before: ConfigBundle, after: ConfigBundle): ConfigRisk[] {
  const queues = before.queues.flatMap(({ queue, agency }) => {
    const next = after.queues.find((one) => one.queue === queue);
    const risk = { kind: 'queue', name: queue };
    if (next === undefined)
      return [{ ...risk, words: 'is removed: look who has the accounts that are in it' }];
    if (next.agency === agency) return [];
    return [
      { ...risk, words: `goes to ${next.agency ?? 'own people'} now instead of ${agency ?? 'own people'}` },
    ];
  });
  const agencies = before.agencies.flatMap(({ agency }) => {
    if (after.agencies.some((one) => one.agency === agency)) return [];
    return [
      { kind: 'agency', name: agency, words: 'is removed: look who has the accounts that it was given' },
    ];
  });
  return [...queues, ...agencies];
}
