/** Longest delay that a queue keeps, in seconds (SQS). What is due later is handed on by a later tick. */
export const delaySecondsMax = 900;

/** Throws unless a queue can keep a message for that long. */
export function assertDelay(delaySeconds: number): void {
  if (Number.isInteger(delaySeconds) && delaySeconds >= 0 && delaySeconds <= delaySecondsMax) return;
  throw new RangeError(
    `delaySeconds is ${delaySeconds}: a queue takes whole seconds from 0 to ${delaySecondsMax}; hand on what is due later at a later tick.`,
  );
}
