import type { CallNode, CallState } from '#shared/contracts/call-flow.ts';
import { callTurnsMax } from '#shared/contracts/call-flow.ts';
import type { PromptName } from '#shared/contracts/call-prompts.ts';
import type { VoiceStep } from '#shared/contracts/voice-script.ts';
import { localDateText, moneyText } from '#shared/core/render/localise.ts';
import { destinationOf } from '#shared/core/decision/person-view.ts';
import type { CallSetting } from './call-setting.ts';
import { callQuestions } from './keyable-facts.ts';
import { amountChoices, dateChoices, promiseOffer } from './promise-choices.ts';

/** What is asked, and how it can be answered. */
interface Question {
  readonly text: readonly string[];
  /** How many keys are waited for; absent: any number, ended by #. */
  readonly keys?: number;
  readonly hearsSpeech: boolean;
}

type AskedNode = Exclude<CallNode, 'transfer'>;
type QuestionOf = (setting: CallSetting, state: Pick<CallState, 'amount' | 'date'>) => Question;

const oneKey = { keys: 1, hearsSpeech: true } as const;
/** Facts of the identity check are keyed in only: what is said aloud, others hear. */
const privately = { hearsSpeech: false } as const;
const monthAndDay = 4;

const questions: Readonly<Record<AskedNode, QuestionOf>> = {
  greeting: ({ greeting, speaker }) => ({ text: [greeting, speaker.say('greeting_keys')], ...oneKey }),
  first_fact: (setting) => ({
    text: [setting.speaker.say('identity_intro'), factText(setting, 0)],
    ...privately,
  }),
  second_fact: (setting) => ({ text: [factText(setting, 1)], ...privately }),
  menu: (setting) => ({ text: menuText(setting), ...oneKey }),
  amount: (setting) => ({ text: amountText(setting), ...oneKey }),
  amount_keys: ({ speaker }) => ({ text: [speaker.say('amount_keys')], hearsSpeech: true }),
  date: (setting) => ({ text: dateText(setting), ...oneKey }),
  date_keys: ({ speaker }) => ({ text: [speaker.say('date_keys')], keys: monthAndDay, hearsSpeech: true }),
  confirm: (setting, { amount = 0, date = '' }) => ({
    text: [setting.speaker.say('confirm', promiseValues(setting, { amount, date }))],
    ...oneKey,
  }),
};

const factPrompts = {
  birth_date: 'ask_birth_date',
  postal_code: 'ask_postal_code',
  account_ending: 'ask_account_ending',
} as const satisfies Readonly<Record<string, PromptName>>;

function factText({ view, settings, speaker }: CallSetting, index: 0 | 1): string {
  const question = callQuestions(view.person, settings)?.[index];
  return question === undefined ? '' : speaker.say(factPrompts[question.fact]);
}

/** Whether a link can go out by text message. */
export function canSendLink({ view, creditor }: CallSetting): boolean {
  const isOver = view.consents.some(({ channel, level }) => channel === 'sms' && level === 'optout');
  return creditor.links === true && destinationOf(view, 'sms') !== null && !isOver;
}

function menuText(setting: CallSetting): readonly string[] {
  const { speaker } = setting;
  return [
    ...(promiseOffer(setting) === null ? [] : [speaker.say('menu_promise')]),
    ...(canSendLink(setting) ? [speaker.say('menu_link')] : []),
    speaker.say('menu_agent'),
    speaker.say('menu_more'),
  ];
}

function amountText(setting: CallSetting): readonly string[] {
  const { speaker } = setting;
  const offer = promiseOffer(setting);
  if (offer === null) return [];
  const { all, least } = amountChoices(setting, offer);
  return [
    speaker.say('amount_all', { amount: money(setting, all) }),
    ...(least === undefined ? [] : [speaker.say('amount_least', { amount: money(setting, least) })]),
    speaker.say('amount_other'),
  ];
}

function dateText(setting: CallSetting): readonly string[] {
  const { speaker } = setting;
  const offer = promiseOffer(setting);
  if (offer === null) return [];
  const dates = dateChoices(setting, offer);
  return [
    ...dates.map((date, index) =>
      speaker.say('date_option', { date: localDateText(date, speaker.locale), key: String(index + 1) }),
    ),
    speaker.say('date_other', { key: String(dates.length + 1) }),
  ];
}

function money({ account, speaker }: CallSetting, amount: number): string {
  return moneyText(amount, account.currency, speaker.locale);
}

/** A promise as prompts name it. */
export function promiseValues(
  setting: CallSetting,
  { amount, date }: { readonly amount: number; readonly date: string },
) {
  return { amount: money(setting, amount), date: localDateText(date, setting.speaker.locale) };
}

/** What may be promised, as prompts name it. */
export function offerValues(setting: CallSetting) {
  const offer = promiseOffer(setting);
  if (offer === null) return {};
  const { locale } = setting.speaker;
  return {
    amountMin: money(setting, offer.amountMin),
    amountMax: money(setting, offer.amountMax),
    dateFrom: localDateText(offer.dateFrom, locale),
    dateTo: localDateText(offer.dateTo, locale),
  };
}

/** Asks a question, after words that lead to it. A call that has asked too often already says goodbye instead. */
export function ask(
  setting: CallSetting,
  state: CallState & { readonly node: AskedNode },
  before: readonly string[] = [],
): readonly VoiceStep[] {
  const { text, keys, hearsSpeech } = questions[state.node](setting, state);
  const { speaker, settings } = setting;
  if (state.turn >= callTurnsMax) return goodbye(speaker.say('no_answer'));
  return [
    {
      kind: 'ask',
      text: [...before, ...text].join(' '),
      waitSeconds: settings.keyWaitSeconds,
      ...(keys !== undefined && { keys }),
      ...(hearsSpeech && { speech: { hints: [...speaker.hints] } }),
      next: state,
    },
    { kind: 'hangup' },
  ];
}

/** Says something last. */
export function goodbye(...texts: readonly string[]): readonly VoiceStep[] {
  return [{ kind: 'say', text: texts.join(' ') }, { kind: 'hangup' }];
}
