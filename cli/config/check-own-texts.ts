import type { AgreementRules } from '#shared/contracts/agreement-rules.ts';
import { ownTexts, type OwnText } from '#shared/core/decision/own-texts.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import type { FoundConfig } from './check-bundle.ts';
import { errorAt, type ConfigError } from './config-error.ts';
import { textPathOf } from './text-path.ts';

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
 * What is sent about promises, plans and payments has a text for each channel by which it goes, at least in the language
 * that everybody falls back to; and the question how it went only goes where there is a page to answer it.
 */
export function ownTextErrors({ agreements, templates, creditors }: FoundConfig): ConfigError[] {
  return [...textErrors(agreements, templates), ...surveyErrors(agreements, creditors)];
}

function textErrors(
  agreements: FoundConfig['agreements'],
  templates: FoundConfig['templates'],
): ConfigError[] {
  const rules = agreements.value;
  const errors: ConfigError[] = [];
  for (const [index, channel] of rules.confirm.channels.entries()) {
    for (const name of names.filter((one) => isSent[one](rules))) {
      const context = ownTexts[name];
      const text = templates.find(
        ({ template }) =>
          template.name === name && template.channel === channel && template.locale === fallbackLocale,
      );
      if (text?.template.context === context) continue;
      const path = textPathOf({ name, channel, locale: fallbackLocale });
      const problem =
        text === undefined
          ? `sends "${name}" by ${channel}, which has no text in ${fallbackLocale}`
          : `sends "${name}" by ${channel}, whose text is about ${text.template.context}`;
      const fix =
        text === undefined ? `add ${path} or leave ${channel} out` : `write context: ${context} in ${path}`;
      errors.push(errorAt(agreements, ['confirm', 'channels', index], { problem, fix }));
    }
  }
  return errors;
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
