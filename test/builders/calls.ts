import type { CallPrompts, CallRules, CallSettings } from '#shared/contracts/call-flow.ts';
import {
  addressVariables,
  knownPrompts,
  openPrompts,
  promptVariables,
} from '#shared/contracts/call-prompts.ts';

export const callSettings: CallSettings = {
  identity: { facts: ['birth_date', 'postal_code', 'account_ending'], triesMax: 3, closedHours: 24 },
  asksMax: 2,
  keyWaitSeconds: 8,
  ringSeconds: 25,
  promiseDays: [1, 3, 7],
};

/** A prompt that is its own name, with what only it can say; those for a known person bear a mark that they are. */
function promptOf(name: keyof typeof promptVariables): string {
  const own = promptVariables[name].filter((one) => !addressVariables.some((known) => known === one));
  const values = own.map((one) => `${one} {{ ${one} }}`);
  return [name in knownPrompts ? `known/${name}` : name, ...values].join(' ');
}

const names = [...Object.keys(openPrompts), ...Object.keys(knownPrompts)] as (keyof typeof promptVariables)[];

export const callPrompts = {
  ...Object.fromEntries(names.map((name) => [name, promptOf(name)])),
  hints: ['yes'],
} as CallPrompts;

/** How the test configuration's calls go on. */
export const callRules: CallRules = { settings: callSettings, prompts: { en: callPrompts } };
