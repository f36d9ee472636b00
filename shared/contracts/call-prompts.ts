/** What prompts may name: who calls and who is called. */
const address = ['givenName', 'familyName', 'creditorName', 'creditorPhone'] as const;

/**
 * The prompts that may be heard by anybody: before we know who is there, or by somebody who turned out to be another. They
 * say nothing of a debt, which the configuration's check holds them to.
 */
export const openPrompts = {
  greeting_keys: address,
  inbound_greeting: address,
  inbound_stranger: ['creditorName', 'creditorPhone'],
  identity_intro: address,
  ask_birth_date: address,
  ask_postal_code: address,
  ask_account_ending: address,
  identity_wrong: address,
  identity_closed: address,
  identity_impossible: address,
  wrong_person: address,
  stopped: address,
  noted: address,
  again: address,
  no_answer: address,
  ended: address,
  not_done: address,
} as const;

/** The prompts for a person whose identity has been checked. */
export const knownPrompts = {
  menu_promise: address,
  menu_link: address,
  menu_agent: address,
  menu_more: address,
  amount_all: ['amount'],
  amount_least: ['amount'],
  amount_other: [],
  amount_keys: [],
  amount_outside: ['amountMin', 'amountMax'],
  date_option: ['date', 'key'],
  date_other: ['key'],
  date_keys: [],
  date_outside: ['dateFrom', 'dateTo'],
  confirm: ['amount', 'date'],
  promised: [...address, 'amount', 'date'],
  no_promise: address,
  link_sent: address,
  transfer: address,
  transfer_missed: address,
  transfer_closed: address,
} as const;

export type OpenPrompt = keyof typeof openPrompts;
export type PromptName = OpenPrompt | keyof typeof knownPrompts;
export type PromptVariable =
  (typeof openPrompts)[OpenPrompt][number] | (typeof knownPrompts)[keyof typeof knownPrompts][number];

/** By prompt, the only variables that it may name. */
export const promptVariables: Readonly<Record<PromptName, readonly PromptVariable[]>> = {
  ...openPrompts,
  ...knownPrompts,
};

/** Most characters of one prompt: more than anybody listens to before a question. */
export const promptLengthMax = 400;
