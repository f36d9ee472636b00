import type { PromptName } from '#shared/contracts/call-prompts.ts';
import type { ReplyIntent, ReplyKind } from '#shared/contracts/replies.ts';
import { takeIn, type CallMoment } from './call-moment.ts';
import type { Turn } from './call-setting.ts';

/** What ends a call when it is said: it is taken in like a written reply, and this is said to it. */
const closing: Readonly<Partial<Record<ReplyKind, PromptName>>> = {
  opt_out: 'stopped',
  cease: 'stopped',
  wrong_party: 'wrong_person',
  deceased: 'noted',
  bankruptcy: 'noted',
  attorney: 'noted',
  fraud: 'noted',
  dispute: 'noted',
  hardship: 'noted',
  complaint: 'noted',
  paid: 'noted',
  plan_request: 'noted',
  call_me: 'noted',
  inconvenient: 'noted',
};

/** Before the person is known only these count; anything else is not what was asked. */
const closingForAnybody: ReadonlySet<ReplyKind> = new Set([
  'opt_out',
  'cease',
  'wrong_party',
  'deceased',
  'bankruptcy',
  'attorney',
  'fraud',
]);

/**
 * The end of a call by something that was said: a wish to be left alone, a dispute, a death, … Undefined when nothing of the
 * kind was said. One such thing is enough, whatever else was said with it.
 */
export function closedBy(
  moment: CallMoment,
  {
    text,
    intents,
    isKnown,
  }: { readonly text: string; readonly intents: readonly ReplyIntent[]; readonly isKnown: boolean },
): Turn | undefined {
  const found = intents.find(
    ({ kind }) => closing[kind] !== undefined && (isKnown || closingForAnybody.has(kind)),
  );
  const prompt = found === undefined ? undefined : closing[found.kind];
  if (found === undefined || prompt === undefined) return undefined;
  const saidTo =
    found.kind === 'opt_out' && found.channel !== undefined && found.channel !== 'call' ? 'noted' : prompt;
  return takeIn(moment, { text, isKnown }, saidTo);
}
