import type { ReplyKind, ReplyReading } from '#shared/contracts/replies.ts';
import type { IncomingReply } from './incoming-reply.ts';

/**
 * What holds for everybody at a shared number without asking whose message it is: that nobody wants to be written to there, and
 * what ends contact until a person has looked. Asking the bereaved which account they mean would be worse than to pause one
 * contact too many.
 */
const forEverybody: ReadonlySet<ReplyKind> = new Set([
  'opt_out',
  'cease',
  'wrong_party',
  'deceased',
  'attorney',
  'bankruptcy',
]);

/** Whether a message from a shared number is taken in for everybody there at once. */
export function holdsForEverybody(
  { intents }: Pick<ReplyReading, 'intents'>,
  takenByProvider: IncomingReply['takenByProvider'],
  confidenceMin: number,
): boolean {
  if (takenByProvider === 'stop' || takenByProvider === 'start') return true;
  return intents.some(({ kind, confidence }) => confidence >= confidenceMin && forEverybody.has(kind));
}
