import { answerTexts } from '#shared/contracts/inbound.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import type { AgreementRules } from '#shared/contracts/agreement-rules.ts';
import { answerContexts, ownTexts, strangerTexts, type OwnText } from '#shared/core/decision/own-texts.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import type { FoundConfig } from './check-bundle.ts';
import { errorAt, type ConfigError } from './config-error.ts';
import { fileNameOf, textPathOf } from './text-path.ts';

/** Whether the rules ever ask for a text. */
const isSent: { readonly [T in OwnText]: (rules: AgreementRules) => boolean } = {
  'promise-confirmation': () => true,
  'promise-reminder': (rules) => anyPromise(rules, 'remindDaysBefore'),
  'broken-promise': (rules) => anyPromise(rules, 'followUp'),
  'plan-confirmation': ({ plans }) => plans !== null,
  receipt: ({ receipts }) => receipts.length > 0,
  survey: ({ survey }) => survey.invite,
};
const names: readonly OwnText[] = [
  'promise-confirmation',
  'promise-reminder',
  'broken-promise',
  'plan-confirmation',
  'receipt',
  'survey',
];

/** Whether promises of any account have something: a number, or yes. */
function anyPromise({ promises, overrides }: AgreementRules, key: 'remindDaysBefore' | 'followUp'): boolean {
  return [promises, ...overrides.map((override) => override.promises)].some(
    (own) => own?.[key] !== undefined && own[key] !== false,
  );
}

/**
 * What the machine sends by itself has a text for each channel by which it goes, at least in the language that everybody
 * falls back to: about promises, plans and payments on the channels that confirm, answers by the channel that they answer
 * on, and to whoever is not known by text message. The question how it went only goes where there is a page to answer it.
 */
export function ownTextErrors(found: FoundConfig): ConfigError[] {
  return [
    ...confirmationErrors(found),
    ...answerErrors(found),
    ...surveyErrors(found.agreements, found.creditors),
  ];
}

function confirmationErrors({ agreements, templates }: FoundConfig): ConfigError[] {
  const rules = agreements.value;
  return rules.confirm.channels.flatMap((channel, index) =>
    names
      .filter((name) => isSent[name](rules))
      .flatMap((name) => {
        const fault = faultOf({ name, channel, context: ownTexts[name] }, templates);
        if (fault === null) return [];
        const { what, fix, isMissing } = fault;
        const problem = `sends "${name}" by ${channel}, ${what}`;
        const or = isMissing ? ` or leave ${channel} out` : '';
        return [errorAt(agreements, ['confirm', 'channels', index], { problem, fix: `${fix}${or}` })];
      }),
  );
}

const answerChannels = ['sms', 'email'] as const;

function answerErrors({ replySettings, templates }: FoundConfig): ConfigError[] {
  const answers = answerTexts.flatMap((name) =>
    answerChannels.map((channel) => ({ name, channel, context: answerContexts[name] })),
  );
  const toStrangers = strangerTexts.map(
    (name) => ({ name, channel: 'sms', context: 'stranger' }) as const satisfies WantedText,
  );
  return [...answers, ...toStrangers].flatMap((wanted) => {
    const fault = faultOf(wanted, templates);
    if (fault === null) return [];
    const problem = `are given as "${wanted.name}" by ${wanted.channel}, ${fault.what}`;
    return [errorAt(replySettings, ['answers'], { problem, fix: fault.fix })];
  });
}

interface WantedText {
  readonly name: string;
  readonly channel: Channel;
  readonly context: TemplateContext;
}

interface Fault {
  readonly what: string;
  readonly fix: string;
  readonly isMissing: boolean;
}

/** What is wrong with a text in the fallback language; null when it is there and about what it has to be about. */
function faultOf({ name, channel, context }: WantedText, templates: FoundConfig['templates']): Fault | null {
  const text = templates.find(
    ({ template }) =>
      template.name === name && template.channel === channel && template.locale === fallbackLocale,
  );
  if (text === undefined) {
    const path = textPathOf({ name, channel, locale: fallbackLocale });
    return { what: `which has no text in ${fallbackLocale}`, fix: `add ${path}`, isMissing: true };
  }
  if (text.template.context === context) return null;
  const what = `whose text is about ${text.template.context}`;
  return { what, fix: `write context: ${context} in ${fileNameOf(text)}`, isMissing: false };
}

function surveyErrors(
  agreements: FoundConfig['agreements'],
  creditors: FoundConfig['creditors'],
): ConfigError[] {
  const without = creditors.find(({ value }) => value.links !== true);
  if (!agreements.value.survey.invite || without === undefined) return [];
  const { creditor } = without.value;
  const problem = `asks by message, and messages of ${creditor} carry no personal link to answer by`;
  const fix = `write \`links: true\` in creditors/${creditor}.yaml, or invite: false`;
  return [errorAt(agreements, ['survey', 'invite'], { problem, fix })];
}
