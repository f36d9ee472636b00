/** What prompts may name: who calls and who is called. */
export const addressVariables = ['givenName', 'familyName', 'creditorName', 'creditorPhone'] as const;

/**
 * The prompts that may be heard by anybody: before we know who is there, or by somebody who turned out to be another. They
 * say nothing of a debt, which the configuration's check holds them to.
 */
export const openPrompts = {
  greeting_keys: addressVariables,
  inbound_greeting: addressVariables,
  inbound_stranger: ['creditorName', 'creditorPhone'],
  identity_intro: addressVariables,
  ask_birth_date: addressVariables,
  ask_postal_code: addressVariables,
  ask_account_ending: addressVariables,
  identity_wrong: addressVariables,
  identity_closed: addressVariables,
  identity_impossible: addressVariables,
  wrong_person: addressVariables,
  stopped: addressVariables,
  noted: addressVariables,
  again: addressVariables,
  no_answer: addressVariables,
  ended: addressVariables,
  not_done: addressVariables,
} as const;

/** The prompts for a person whose identity has been checked. */
export const knownPrompts = {
  menu_promise: addressVariables,
  menu_link: addressVariables,
  menu_agent: addressVariables,
  menu_more: addressVariables,
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
  promised: [...addressVariables, 'amount', 'date'],
  no_promise: addressVariables,
  link_sent: addressVariables,
  transfer: addressVariables,
  transfer_missed: addressVariables,
  transfer_closed: addressVariables,
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
