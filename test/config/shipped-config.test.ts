import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import type { Template } from '#shared/contracts/template.ts';
import { factsRenderer, type Rendered } from '#cli/config/render-facts.ts';
import { sampleFacts, samplePeople } from '#cli/config/sample-facts.ts';
import { readConfig } from '#cli/read-config.ts';
import { optOutConfirmation } from '#shared/core/decision/own-texts.ts';
import { lockScreenText } from '#shared/core/render/lock-screen.ts';
import { templateValues } from '#shared/core/render/template-values.ts';

const root = new URL('../..', import.meta.url).pathname;
const bundle = await shippedBundle();
const locales = ['en', 'es', 'zh-CN', 'zh-TW'];

async function shippedBundle(): Promise<ConfigBundle> {
  const read = await readConfig(`${root}config`, { today: '2026-11-21' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 2));
  return read.bundle;
}

/** A text as a person of its language would get it from a creditor. */
function rendered(
  template: Template,
  creditor = bundle.creditors[0]!,
  who: 'long' | 'short' | 'rare' = 'long',
) {
  const { context, locale } = template;
  const facts = sampleFacts(context, { locale, creditor, debtor: samplePeople(locale)[who] });
  return { message: factsRenderer(template, context)(facts), values: templateValues(facts) };
}

function textsOf<C extends Template['channel']>(channel: C, names?: readonly string[]) {
  return bundle.templates
    .filter((one): one is Extract<Template, { channel: C }> => one.channel === channel)
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((one) => [`${one.locale}/${one.name}`, one] as const);
}

function smsOf(message: Rendered) {
  if (message.channel !== 'sms') throw new Error('no text message');
  return message;
}

describe('the shipped texts', () => {
  const both = ['sms', 'email'];
  const all = [...both, 'call'];
  const shipped: Readonly<Record<string, readonly string[]>> = {
    'pre-due': both,
    reminder: both,
    'overdue-notice': all,
    'collection-notice': both,
    'second-notice': both,
    'help-offer': all,
    'last-reminder': both,
    'promise-confirmation': both,
    'promise-reminder': all,
    'broken-promise': all,
    'plan-offer': both,
    'plan-confirmation': both,
    receipt: both,
    survey: both,
    'reply-confirm': both,
    'reply-help': both,
    'reply-link': both,
    'reply-not-understood': both,
    'reply-noted': both,
    'reply-paid': both,
    'reply-started': both,
    'reply-stopped': both,
    'reply-stranger': ['sms'],
    'reply-thanks': both,
    'reply-which-day': both,
    'reply-which-person': ['sms'],
  };
  it.each(locales)('exist in %s for every occasion and each of its channels', (locale) => {
    const found = bundle.templates.filter((one) => one.locale === locale);
    expect(found.map(({ name, channel }) => `${name}.${channel}`).sort()).toEqual(
      Object.entries(shipped)
        .flatMap(([name, channels]) => channels.map((channel) => `${name}.${channel}`))
        .sort(),
    );
  });

  it.each(textsOf('sms'))('%s fits into two parts, or three where the script needs UCS-2', (_key, sms) => {
    for (const creditor of bundle.creditors) {
      const { segments, encoding, body } = smsOf(rendered(sms, creditor).message);
      expect(segments, body).toBeLessThanOrEqual(encoding === 'GSM-7' ? 2 : 3);
    }
  });

  it.each(textsOf('sms'))('%s stays within the limit also with a name in rare letters', (_key, sms) => {
    for (const creditor of bundle.creditors) {
      const { segments, body } = smsOf(rendered(sms, creditor, 'rare').message);
      expect(segments, body).toBeLessThanOrEqual(bundle.limits.smsSegmentsMax);
    }
  });

  it.each(['en', 'es'])('%s text messages stay within the GSM alphabet', (locale) => {
    const texts = textsOf('sms').filter(([, one]) => one.locale === locale);
    const encodings = texts.map(([key, sms]) => [key, smsOf(rendered(sms).message).encoding]);
    expect(encodings).toEqual(texts.map(([key]) => [key, 'GSM-7']));
  });

  it.each(textsOf('sms'))('%s shows no figure on a locked screen', (_key, sms) => {
    for (const creditor of bundle.creditors)
      expect(lockScreenText(smsOf(rendered(sms, creditor, 'short').message).body)).not.toMatch(/\d/u);
  });

  const overdue = [
    'reminder',
    'overdue-notice',
    'collection-notice',
    'second-notice',
    'help-offer',
    'last-reminder',
  ];
  it.each(textsOf('email', overdue))(
    '%s states amount, days past due, the day to pay by and how to pay',
    (_key, email) => {
      const { message, values } = rendered(email);
      if (message.channel !== 'email' || values.context !== 'overdue') throw new Error('no notice');
      for (const part of [message.text, message.html]) {
        expect(part).toContain(values.amountDue);
        expect(part).toContain(String(values.daysPastDue));
        expect(part).toContain(values.payBy);
        expect(part).toContain(values.payUrl);
      }
    },
  );

  it.each(textsOf('email', ['promise-confirmation', 'promise-reminder', 'broken-promise']))(
    '%s states what was promised, for when, and where it can be changed',
    (_key, email) => {
      const { message, values } = rendered(email);
      if (message.channel !== 'email' || values.context !== 'promise') throw new Error('no promise');
      for (const part of [message.text, message.html]) {
        expect(part).toContain(values.promiseAmount);
        expect(part).toContain(values.promiseDate);
        expect(part).toContain(values.manageUrl);
      }
    },
  );

  it.each(textsOf('email', ['plan-offer', 'plan-confirmation']))(
    '%s states every figure of the plan',
    (_key, email) => {
      const { message, values } = rendered(email);
      if (message.channel !== 'email' || values.context !== 'plan') throw new Error('no plan');
      for (const part of [message.text, message.html]) {
        const { planTotal, planInstalments, planInstalmentAmount, planLastAmount } = values;
        const { planFirstDate, planLastDate, manageUrl } = values;
        for (const said of [planTotal, planInstalments, planInstalmentAmount, planLastAmount])
          expect(part).toContain(String(said));
        for (const said of [planFirstDate, planLastDate, manageUrl]) expect(part).toContain(said);
      }
    },
  );

  it.each(textsOf('email'))('%s makes the reader fetch nothing and runs nothing', (_key, email) => {
    const { message } = rendered(email);
    expect(message.channel === 'email' && message.html).not.toMatch(/<script|@import|<img|<link|\{[{%]/iu);
  });

  it('formal notices declare what the rule packs ask of them', () => {
    const notices = textsOf('email', ['collection-notice']);
    expect(notices).toHaveLength(locales.length);
    for (const [, { elements }] of notices) {
      expect(elements).toEqual(
        expect.arrayContaining(['reason_and_basis', 'rights', 'how_to_dispute', 'complaint_channel']),
      );
    }
  });

  it('declare every element that a content rule of any shipped pack asks of their channel', () => {
    // Who has opted out is told that and nothing else, and who is not known is no debtor.
    const judged = bundle.templates.filter(
      ({ context, name }) => context !== 'stranger' && name !== optOutConfirmation,
    );
    const lacking = bundle.policies.flatMap(({ pack, rules }) =>
      rules
        .filter((rule) => rule.kind === 'content')
        .flatMap(({ id, channels, require = [], forbid = [] }) =>
          judged
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

  it.each(textsOf('call'))('%s says on a machine who called and nothing of a debt', (_key, voice) => {
    const { message, values } = rendered(voice);
    if (message.channel !== 'call') throw new Error('no call');
    const amount =
      values.context === 'overdue'
        ? values.amountDue
        : 'promiseOpenAmount' in values && values.promiseOpenAmount;
    expect(message.machine).toContain(values.creditorName);
    expect(message.machine).not.toContain(amount);
    expect(message.greeting).not.toContain(amount);
    expect(message.message).toContain(amount);
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
