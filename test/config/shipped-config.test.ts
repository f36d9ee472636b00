import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { sampleMessage } from '#cli/config/sample-message.ts';
import { readConfig } from '#cli/read-config.ts';
import { compileTemplates } from '#shared/core/render/compile-templates.ts';
import { renderEmail, renderSms, renderVoice } from '#shared/core/render/render.ts';
import { templateValues } from '#shared/core/render/template-values.ts';

const root = new URL('../..', import.meta.url).pathname;
const bundle = await shippedBundle();
const templates = compileTemplates(bundle.templates);
const locales = ['en', 'es', 'zh-CN', 'zh-TW'];

async function shippedBundle(): Promise<ConfigBundle> {
  const read = await readConfig(`${root}config`, { today: '2026-11-21' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
  return read.bundle;
}

function valuesFor(locale: string, creditor = bundle.creditors[0]) {
  if (creditor === undefined) throw new Error('no creditor');
  return templateValues(sampleMessage(locale, creditor));
}

describe('the shipped texts', () => {
  it('exist in every language alike', () => {
    const namesIn = (locale: string) =>
      bundle.templates
        .filter((one) => one.locale === locale)
        .map(({ name, channel }) => `${name}.${channel}`);
    for (const locale of locales) expect(namesIn(locale)).toEqual(namesIn('en'));
    expect(new Set(bundle.templates.map(({ locale }) => locale))).toEqual(new Set(locales));
  });

  it.each([...templates.sms])(
    '%s fits into two parts, or three where the script needs UCS-2',
    (_key, sms) => {
      for (const creditor of bundle.creditors) {
        const { segments, encoding, body } = renderSms(sms, valuesFor(sms.locale, creditor));
        expect(segments, body).toBeLessThanOrEqual(encoding === 'GSM-7' ? 2 : 3);
      }
    },
  );

  it.each(['en'])('%s text messages stay within the GSM alphabet', (locale) => {
    const texts = [...templates.sms.values()].filter((one) => one.locale === locale);
    expect(texts.map((sms) => renderSms(sms, valuesFor(locale)).encoding)).toEqual(texts.map(() => 'GSM-7'));
  });

  const overdue = [
    'reminder',
    'overdue-notice',
    'collection-notice',
    'second-notice',
    'help-offer',
    'last-reminder',
  ];
  it.each([...templates.email].filter(([, one]) => overdue.includes(one.name)))(
    '%s states amount, days past due, the day to pay by and how to pay',
    (_key, email) => {
      const values = valuesFor(email.locale);
      const { text, html } = renderEmail(email, values);
      for (const part of [text, html]) {
        expect(part).toContain(values.amountDue);
        expect(part).toContain(String(values.daysPastDue));
        expect(part).toContain(values.payBy);
        expect(part).toContain(values.payUrl);
      }
    },
  );

  it.each([...templates.email])('%s makes the reader fetch nothing and runs nothing', (_key, email) => {
    expect(renderEmail(email, valuesFor(email.locale)).html).not.toMatch(
      /<script|@import|<img|<link|\{[{%]/iu,
    );
  });

  it('formal notices declare what the rule packs ask of them', () => {
    const notices = [...templates.email.values()].filter(({ name }) => name === 'collection-notice');
    expect(notices).toHaveLength(locales.length);
    for (const { elements } of notices) {
      expect(elements).toEqual(
        expect.arrayContaining(['reason_and_basis', 'rights', 'how_to_dispute', 'complaint_channel']),
      );
    }
  });

  it('declare every element that a content rule of any shipped pack asks of their channel', () => {
    const lacking = bundle.policies.flatMap(({ pack, rules }) =>
      rules
        .filter((rule) => rule.kind === 'content')
        .flatMap(({ id, channels, require = [], forbid = [] }) =>
          bundle.templates
            .filter(({ channel }) => channels === undefined || channels.includes(channel))
            .filter(
              ({ elements }) =>
                !require.every((one) => elements.includes(one)) ||
                forbid.some((one) => elements.includes(one)),
            )
            .map(({ locale, name, channel }) => `${pack}/${id}: ${locale}/${name}.${channel}`),
        ),
    );
    expect(lacking).toEqual([]);
  });

  it.each([...templates.call])('%s says on a machine who called and nothing of a debt', (_key, voice) => {
    const values = valuesFor(voice.locale);
    const { machine, greeting, message } = renderVoice(voice, values);
    expect(machine).toContain(values.creditorName);
    expect(machine).not.toContain(values.amountDue);
    expect(greeting).toContain('1');
    expect(message).toContain(values.amountDue);
  });
});

const general = bundle.strategies.filter(({ segments }) => segments === undefined);

describe.each(general.map((strategy): [string, Strategy] => [strategy.strategy, strategy]))(
  '%s',
  (_name, strategy) => {
    const steps = strategy.stages.flatMap((stage) => stage.steps);
    const firstDay = (matches: (step: (typeof steps)[number]) => boolean): number | undefined =>
      steps.find((step) => step.daysPastDue > 0 && matches(step))?.daysPastDue;

    it('reminds on the first day, gives formal notice on the second, and calls from the third', () => {
      expect(firstDay(() => true)).toBe(1);
      expect(firstDay((step) => step.template === 'collection-notice')).toBe(2);
      expect(firstDay((step) => step.channel === 'call')).toBe(3);
    });

    it('contacts less and less often while the account is in the early stage', () => {
      const days = (strategy.stages.find(({ id }) => id === 'early')?.steps ?? []).map(
        (step) => step.daysPastDue,
      );
      const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
      expect(Math.max(...gaps.slice(0, 2))).toBeLessThan(Math.min(...gaps.slice(2)));
    });

    it('calls what comes before the due date a reminder', () => {
      expect(steps.filter((step) => step.daysPastDue <= 0).every((step) => step.purpose === 'reminder')).toBe(
        true,
      );
    });
  },
);

describe('the shipped creditors', () => {
  it('have names in every language of the texts and numbers that are kept for fiction', () => {
    for (const { names, phone, smsFrom, voiceFrom, payUrl } of bundle.creditors) {
      expect(Object.keys(names).sort()).toEqual(locales);
      for (const number of [phone, smsFrom, voiceFrom])
        expect(number).toMatch(/^(?:\+1\d{3}55501\d\d|\+442079460\d{3})$/u);
      expect(payUrl).toMatch(/^https:\/\/pay\.example\.com/u);
    }
  });
});

describe('the strategy for', () => {
  const forSegment = (segment: string): Strategy => {
    const found = bundle.strategies.filter(({ segments }) => segments?.includes(segment) === true);
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const channelsOf = (strategy: Strategy) =>
    strategy.stages.flatMap(({ steps }) => steps.flatMap(({ channel }) => channel));

  it('whoever is touched by contacts calls nobody, and leaves three days between', () => {
    expect(channelsOf(forSegment('touchy'))).not.toContain('call');
    expect(forSegment('touchy').gaps).toEqual({ hours: 72 });
  });

  it('whoever breaks promises gives the account to a person after the fourth', () => {
    expect(forSegment('stalling').stopWhen).toMatchObject([
      { when: { brokenPromises: { gte: 4 } }, then: 'hand_over', queue: 'human' },
    ]);
  });

  it('whoever is in hardship makes one offer by a quiet channel, then leaves it to a person', () => {
    expect(new Set(channelsOf(forSegment('hardship')))).toEqual(new Set(['email', 'sms']));
    expect(forSegment('hardship').stopWhen).toMatchObject([
      { when: { contacts: { gte: 1 } }, then: 'hand_over' },
    ]);
  });

  it.each(['special', 'unreachable', 'wilful'])('%s people is a person, at once', (segment) => {
    for (const { stopWhen } of general)
      expect(stopWhen).toContainEqual({ id: segment, when: { segment }, then: 'hand_over', queue: 'human' });
  });
});
