import type { CallPrompts, CallRules } from '#shared/contracts/call-flow.ts';
import type { PromptName, PromptVariable } from '#shared/contracts/call-prompts.ts';
import { localeChain } from '#shared/core/render/locale-chain.ts';

/** What prompts are filled with; who calls and who is called is always there. */
export type PromptValues = Readonly<Partial<Record<PromptVariable, string>>>;

/** Says a prompt of one language. */
export interface Speaker {
  readonly locale: string;
  readonly hints: readonly string[];
  say(name: PromptName, values?: PromptValues): string;
}

const mark = /\{\{\s*(\w+)\s*\}\}/gu;

/** The names between braces in a prompt. Prompts only name values: what is said when is the flow's to decide. */
export function namesIn(prompt: string): readonly string[] {
  return [...prompt.matchAll(mark)].flatMap(([, name]) => name ?? []);
}

/** A prompt with its values. A value that is not there is left out. */
export function fillPrompt(prompt: string, values: PromptValues): string {
  const known = new Map<string, string>(Object.entries(values));
  return prompt
    .replaceAll(mark, (_, name: string) => known.get(name) ?? '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** The prompts in the nearest language that there are any in; null when there are none at all. */
export function speakerFor(
  { prompts }: Pick<CallRules, 'prompts'>,
  locale: string,
  address: PromptValues,
): Speaker | null {
  for (const candidate of localeChain(locale)) {
    const found: CallPrompts | undefined = prompts[candidate];
    if (found === undefined) continue;
    return {
      locale: candidate,
      hints: found.hints,
      say: (name, values = {}) => fillPrompt(found[name], { ...address, ...values }),
    };
  }
  return null;
}
