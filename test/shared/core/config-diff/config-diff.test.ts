import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Step, Strategy } from '#shared/contracts/strategy.ts';
import { configDiff } from '#shared/core/config-diff/config-diff.ts';
import { bundle, cardStrategy, chinaPack } from '#test/builders/rules.ts';

interface Told {
  readonly changes: readonly string[];
  readonly risks: readonly string[];
}

function told(before: ConfigBundle, after: ConfigBundle): Told {
  const { changes, risks } = configDiff(before, after);
  return {
    changes: changes.flatMap(({ kind, name, what, details }) => {
      const title = `${kind} ${name}`.trim();
      return [
        ...(what === 'changed' ? [] : [`${title} ${what}`]),
        ...details.map(({ words }) => `${title}: ${words}`),
      ];
    }),
    risks: risks.map(({ kind, name, words }) => `${`${kind} ${name}`.trim()}: ${words}`),
  };
}

function strategy(changes: Partial<Strategy>, steps?: (steps: Step[]) => Step[]): Strategy {
  const [preDue, early] = cardStrategy.stages;
  const stages =
    steps === undefined ? cardStrategy.stages : [preDue!, { ...early!, steps: steps(early!.steps) }];
  return { ...cardStrategy, version: '2026.2.0', stages, ...changes };
}

function withStrategies(...strategies: Strategy[]): ConfigBundle {
  return bundle({ strategies });
}

const newVersion = 'strategy card: version 2026.1.0 → 2026.2.0';

describe('what changes in strategies', () => {
  it.each<[string, ConfigBundle, Told]>([
    ['nothing', withStrategies(cardStrategy), { changes: [], risks: [] }],
    [
      'a field of a step',
      withStrategies(strategy({}, ([first, ...others]) => [{ ...first!, template: 'other' }, ...others])),
      { changes: [newVersion, 'strategy card: step first: template notice → other'], risks: [] },
    ],
    [
      'a field without a new version',
      withStrategies({ ...cardStrategy, escalation: { queue: 'human', afterDays: 4 } }),
      {
        changes: ['strategy card: escalation.afterDays 3 → 4'],
        risks: [
          'strategy card: is changed without a new version: decisions before and after it cannot be told apart',
        ],
      },
    ],
    [
      'a step on another day',
      withStrategies(
        strategy({}, ([first, second, third]) => [first!, { ...second!, daysPastDue: 7 }, third!]),
      ),
      { changes: [newVersion, 'strategy card: step second moved from day 5 to day 7'], risks: [] },
    ],
    [
      'a new step, with what it does',
      withStrategies(
        strategy({}, (steps) => [
          ...steps,
          { id: 'fourth', daysPastDue: 12, channel: 'sms', template: 'notice', purpose: 'collection' },
        ]),
      ),
      {
        changes: [
          newVersion,
          'strategy card: step fourth added: day 12, sms notice, purpose: collection, stage: early',
        ],
        risks: [],
      },
    ],
    [
      'a step that has gone',
      withStrategies(strategy({}, ([first, second]) => [first!, second!])),
      {
        changes: [
          newVersion,
          'strategy card: step third removed (was day 10, email notice, purpose: collection, stage: early)',
        ],
        risks: [
          'strategy card: step third is removed: accounts that wait for it or for its fallback do not get it any more',
        ],
      },
    ],
    [
      'a step under another name, which is done again',
      withStrategies(strategy({}, ([first, second, third]) => [first!, second!, { ...third!, id: 'mail' }])),
      {
        changes: [
          newVersion,
          'strategy card: step third removed (was day 10, email notice, purpose: collection, stage: early)',
          'strategy card: step mail added: day 10, email notice, purpose: collection, stage: early',
        ],
        risks: [
          'strategy card: step third seems to be called mail now: running accounts that had it may get it again',
        ],
      },
    ],
    [
      'hours and accounts',
      withStrategies(strategy({ preferred: { from: '14:00', to: '17:00' }, products: ['card'] })),
      {
        changes: [
          newVersion,
          'strategy card: preferred.from 15:00 → 14:00',
          'strategy card: products added: [card]',
        ],
        risks: [
          'strategy card: is for other accounts now (products): they come under it or leave it',
          'strategy card: preferred hours are widened: 15:00-17:00 → 14:00-17:00; the rules still bound them',
        ],
      },
    ],
    [
      'a version that stands beside the present one',
      withStrategies(cardStrategy, strategy({ title: 'New' })),
      {
        changes: [
          'strategy card@2026.2.0 added',
          'strategy card@2026.2.0: stands beside card@2026.1.0, from which it differs by:',
          'strategy card@2026.2.0: version 2026.1.0 → 2026.2.0',
          'strategy card@2026.2.0: title Test strategy → New',
        ],
        risks: [],
      },
    ],
    [
      'a strategy that has gone, and another one',
      withStrategies(strategy({ strategy: 'loan' }, () => [])),
      {
        changes: [
          'strategy card@2026.1.0 removed',
          'strategy loan@2026.2.0 added',
          'strategy loan@2026.2.0: step courtesy added: day -3, sms notice, purpose: reminder, stage: pre-due',
        ],
        risks: [
          'strategy card: version 2026.1.0 is removed: accounts on it come under another version or strategy, or go to people',
        ],
      },
    ],
  ])('is %s', (_, after, expected) => {
    expect(told(withStrategies(cardStrategy), after)).toEqual(expected);
  });
});

describe('what changes of that which spares people', () => {
  const before = strategy({
    version: '2026.1.0',
    stopWhen: [
      { id: 'poor', when: { risk: { gt: 0.9 } }, then: 'wait' },
      { id: 'ill', when: { complaints: 1 }, then: 'wait' },
    ],
    gaps: { sms: 12, call: 24, hours: 8 },
    smallBalances: { CNY: 50, USD: 10 },
  });

  it('is risky when there is less of it', () => {
    const after = strategy({
      stopWhen: [{ id: 'poor', when: { risk: { gt: 0.95 } }, then: 'wait' }],
      gaps: { sms: 6, call: 48 },
      smallBalances: { CNY: 20, USD: 10 },
    });
    expect(told(withStrategies(before), withStrategies(after)).risks).toEqual([
      'strategy card: stop condition ill is gone: where it held, contacts go on',
      'strategy card: stop condition poor is another one: where only the old one held, contacts go on',
      'strategy card: least time between contacts is lowered: gaps.sms 12 → 6',
      'strategy card: least time between contacts is lowered: gaps.hours 8 → nothing',
      'strategy card: small balances are contacted now that were left alone: CNY 50 → 20',
    ]);
  });

  it('is not risky when there is more of it', () => {
    const more = { ...before, version: '2026.2.0', gaps: { sms: 24, call: 24, hours: 8, email: 4 } };
    expect(told(withStrategies(before), withStrategies(more))).toEqual({
      changes: [newVersion, 'strategy card: gaps.sms 12 → 24', 'strategy card: gaps.email added: 4'],
      risks: [],
    });
  });
});

describe('what changes elsewhere', () => {
  const before = bundle();
  const [sms, email, call] = before.templates;
  const [creditor] = before.creditors;
  const excluded = {
    ...{ account: 'A1', action: 'exclude' as const, reason: 'In person', by: 'Ana' },
    ...{ from: '2026-11-20', until: '2026-12-20' },
  };
  const human = { queue: 'human', kind: 'human' as const, title: 'People', firstContactDays: 2 };
  const hard = { ...human, queue: 'hard', title: 'Hard cases' };
  const spanish = { ...sms!, locale: 'es', body: 'Hola' } as typeof sms;
  const html = (text: string, style = '') =>
    `<html><head><style>${style}</style></head><p>${text}</p></html>`;
  const withHtml = (text: string, style?: string) => ({ ...email!, html: html(text, style) }) as typeof email;

  it.each<[string, Partial<ConfigBundle>, Partial<ConfigBundle>, Told]>([
    [
      'a text, word by word',
      {},
      {
        templates: [{ ...sms!, body: '{{creditorName}}: {{amountDue}} is overdue.' } as never, email!, call!],
      },
      {
        changes: ['text notice (sms): en body: {{creditorName}}: {{amountDue}} is [-due-]{+overdue+}.'],
        risks: [],
      },
    ],
    [
      'what a text claims to contain',
      {},
      { templates: [{ ...sms!, elements: [...sms!.elements, 'rights'] }, email!, call!] },
      {
        changes: [
          'text notice (sms): en elements: [creditor_identity, amount_due, optout_instruction] → [creditor_identity, amount_due, optout_instruction, rights]',
        ],
        risks: ['text notice (sms): en claims to contain rights now: rules rely on it, so read that it does'],
      },
    ],
    [
      'a language that is new',
      {},
      { templates: [...before.templates, spanish!] },
      { changes: ['text notice (sms): es added'], risks: [] },
    ],
    [
      'a language that has gone',
      { templates: [...before.templates, spanish!] },
      {},
      {
        changes: ['text notice (sms): es removed'],
        risks: [
          'text notice (sms): es is gone: people of that language get it in another one, or not at all',
        ],
      },
    ],
    [
      'the words of an HTML part without its tags',
      { templates: [sms!, withHtml('It is due.')!, call!] },
      { templates: [sms!, withHtml('It is <b>overdue</b>.', 'p { color: red }')!, call!] },
      { changes: ['text notice (email): en html: It is [-due-]{+overdue +}.'], risks: [] },
    ],
    [
      'the layout of e-mails, once for all',
      { templates: [sms!, withHtml('It is due.')!, call!] },
      { templates: [sms!, withHtml('It is due.', 'p { color: red }')!, call!] },
      { changes: ['layout of e-mails: differs in 1 text whose words are the same'], risks: [] },
    ],
    [
      'limits',
      {},
      {
        limits: {
          ...before.limits,
          pace: { ...before.limits.pace, call: { perSecond: 2 } },
          gapMinutes: 30,
          attemptsMax: 1,
        },
      },
      {
        changes: [
          'limits: pace.call.perSecond 1 → 2',
          'limits: gapMinutes 60 → 30',
          'limits: attemptsMax 2 → 1',
        ],
        risks: [
          "limits: pace.call.perSecond is raised: 1 → 2; keep it within the provider's account",
          'limits: gapMinutes is lowered: 60 → 30; contacts to one person may follow sooner',
        ],
      },
    ],
    [
      'creditors',
      { creditors: [creditor!, { ...creditor!, creditor: 'old-bank' }] },
      { creditors: [{ ...creditor!, party: 'third_party', names: { en: 'Demo Bank', es: 'Banco' } }] },
      {
        changes: [
          'creditor demo-bank: names.es added: Banco',
          'creditor demo-bank: party first_party → third_party',
          'creditor old-bank removed',
        ],
        risks: [
          'creditor demo-bank: party first_party → third_party: other rules bind it',
          'creditor old-bank: is removed: its accounts go to people',
        ],
      },
    ],
    [
      'rules of a pack',
      {},
      {
        policies: [
          { ...chinaPack, rules: [{ ...chinaPack.rules[0]!, allow: { daily: ['08:00-23:00'] } } as never] },
        ],
      },
      {
        changes: ['rule pack cn-test: rule hours: allow.daily [08:00-22:00] → [08:00-23:00]'],
        risks: [
          'rule pack cn-test: is changed without a new version: decisions before and after it cannot be told apart',
          'rule pack cn-test: rule hours: hours are widened: { daily: [08:00-22:00] } → { daily: [08:00-23:00] }',
        ],
      },
    ],
    [
      'whom a pack binds, and a rule that has gone',
      {},
      {
        policies: [
          { ...chinaPack, version: '2026.2.0', attach: { country: 'CN', by: 'institution' }, rules: [] },
        ],
      },
      {
        changes: [
          'rule pack cn-test: version 2026.1.0 → 2026.2.0',
          'rule pack cn-test: attach.by residence → institution',
          'rule pack cn-test: rule hours removed (was { id: hours, kind: window, force: must, purposes: [reminder, collection], allow: { daily: [08:00-22:00] }, source: { cite: test, tag: HOUSE } })',
        ],
        risks: [
          'rule pack cn-test: attach is another one: it may bind fewer people',
          'rule pack cn-test: rule hours: is removed',
        ],
      },
    ],
    [
      'decisions about rules',
      { rules: { enforceUnverified: ['cn-test/a'] } },
      { rules: { relax: { 'cn-test/hours': 'Agreed with legal' } } },
      {
        changes: [
          'rules.yaml: enforceUnverified removed (was [cn-test/a])',
          'rules.yaml: relax added: { cn-test/hours: Agreed with legal }',
        ],
        risks: [
          'rules.yaml: cn-test/hours is relaxed: it does not deny any more',
          'rules.yaml: cn-test/a is not turned on any more: it does not deny',
        ],
      },
    ],
    [
      'public holidays, by number',
      { holidays: { CN: ['2026-01-01', '2026-10-01'] } },
      { holidays: { CN: ['2026-01-01', '2026-10-02', '2026-10-03'] } },
      { changes: ['public holidays: CN: 2 dates added, 1 removed'], risks: [] },
    ],
    [
      'single accounts that are left alone',
      { accounts: [excluded, { ...excluded, account: 'A2' }, { ...excluded, account: 'A3' }] },
      {
        accounts: [
          { ...excluded, until: '2026-11-30' },
          { ...excluded, account: 'A2', by: 'Bo' },
        ],
      },
      {
        changes: [
          'account A1: until 2026-12-20 → 2026-11-30',
          'account A2: by Ana → Bo',
          'account A3 removed',
          'account A3: { account: A3, action: exclude, reason: In person, by: Ana, from: 2026-11-20, until: 2026-12-20 }',
        ],
        risks: [
          'account A1: exclude from 2026-11-20 until 2026-12-20 is gone or shorter: it may be contacted again',
          'account A3: exclude from 2026-11-20 until 2026-12-20 is gone or shorter: it may be contacted again',
        ],
      },
    ],
    [
      'queues and agencies',
      { queues: [human, hard], agencies: [] },
      {
        queues: [{ ...hard, kind: 'outsourced', agency: 'one' }],
        agencies: [{ agency: 'one', title: 'Agency One', countries: ['CN'] }],
      },
      {
        changes: [
          'queue human removed',
          'queue human: { queue: human, kind: human, title: People, firstContactDays: 2 }',
          'queue hard: kind human → outsourced',
          'queue hard: agency added: one',
          'agency one added',
          'agency one: { agency: one, title: Agency One, countries: [CN] }',
        ],
        risks: [
          'queue human: is removed: look who has the accounts that are in it',
          'queue hard: goes to one now instead of own people',
        ],
      },
    ],
    [
      'a part that this code has never heard of',
      { moods: [{ mood: 'good', name: 'x', share: 1 }], weather: { rain: true }, sun: 'out' } as never,
      { moods: [{ mood: 'bad', name: 'x', share: 1 }], weather: { rain: false } } as never,
      {
        changes: ['mood x: mood good → bad', 'weather: rain true → false', 'sun removed', 'sun: out'],
        risks: [],
      },
    ],
  ])('is %s', (_, old, next, expected) => {
    expect(told(bundle(old), bundle(next))).toEqual(expected);
  });
});
