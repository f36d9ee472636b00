import { expect, it } from 'vitest';
import { assertDelay } from '#shared/kernel/queue-delay.ts';

it.each([0, 1, 900])('a queue keeps a message for %s seconds', (seconds) => {
  expect(() => assertDelay(seconds)).not.toThrow();
});

it.each([-1, 901, 0.5, Number.NaN])('a queue keeps no message for %s seconds', (seconds) => {
  expect(() => assertDelay(seconds)).toThrow(RangeError);
});
