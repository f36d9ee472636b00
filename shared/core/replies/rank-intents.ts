import type { ReplyIntent, ReplyKind } from '#shared/contracts/replies.ts';

/** Kinds that are never missed in favour of a milder one, in the order of their precedence. */
export const safetyKinds: readonly ReplyKind[] = [
  'deceased',
  'bankruptcy',
  'attorney',
  'fraud',
  'wrong_party',
  'cease',
  'opt_out',
];

/** Least confidence of what a reading lists. */
export const listedMin = 0.5;

/** Of milder kinds that are read alike, the one that a person would act on first. */
const mildOrder: readonly ReplyKind[] = [
  'opt_in',
  'dispute',
  'complaint',
  'promise',
  'plan_request',
  'hardship',
  'paid',
  'pay_now',
  'inconvenient',
  'call_me',
  'human',
  'satisfaction',
  'deny',
  'confirm',
  'help',
];

/** Kinds that a person has to look at, however sure the reading is. */
const forPeople: ReadonlySet<ReplyKind> = new Set<ReplyKind>([
  'human',
  'deceased',
  'attorney',
  'bankruptcy',
  'fraud',
  'dispute',
  'complaint',
  'cease',
  'hardship',
]);

/**
 * Orders what was read: safety kinds by their precedence, then the others by confidence. What comes later is never told to
 * be surer than what comes first.
 */
export function rankIntents(intents: readonly ReplyIntent[]): readonly ReplyIntent[] {
  const listed = intents.filter(({ confidence }) => confidence >= listedMin);
  const safe = listed.filter(({ kind }) => safetyKinds.includes(kind));
  const mild = listed.filter(({ kind }) => !safetyKinds.includes(kind));
  safe.sort((a, b) => safetyKinds.indexOf(a.kind) - safetyKinds.indexOf(b.kind));
  mild.sort((a, b) => b.confidence - a.confidence || mildOrder.indexOf(a.kind) - mildOrder.indexOf(b.kind));
  let surest = 1;
  return [...safe, ...mild].map((intent) => {
    surest = Math.min(surest, Math.round(intent.confidence * 100) / 100);
    return { ...intent, confidence: surest };
  });
}

/** Whether a person has to look: for the kinds that want one, and where the reading is not sure enough. */
export function needsHuman(intents: readonly ReplyIntent[], confidenceMin: number): boolean {
  const primary = intents[0];
  return (
    primary === undefined ||
    primary.confidence < confidenceMin ||
    intents.some(({ kind }) => forPeople.has(kind))
  );
}
