import { expect, test } from 'vitest';

import { compileEventPattern } from '#infra/local/events/event-pattern.ts';
import type { JsonObject } from '#infra/local/json.ts';

test.each<[string, JsonObject, JsonObject, boolean]>([
  ['a value in the list', { a: ['x', 'y'] }, { a: 'y' }, true],
  ['no value of the list', { a: ['x'] }, { a: 'z' }, false],
  ['nested members', { a: { b: [1] } }, { a: { b: 1 } }, true],
  ['a nested member that is absent', { a: { b: [1] } }, {}, false],
  ['null as a value', { a: [null] }, { a: null }, true],
  ['null is not absent', { a: [null] }, {}, false],
  ['any member of a list in the event', { a: ['x'] }, { a: ['w', 'x'] }, true],
  ['prefix', { a: [{ prefix: 'acc' }] }, { a: 'account' }, true],
  ['suffix', { a: [{ suffix: '.csv' }] }, { a: 'in.txt' }, false],
  ['exists', { a: [{ exists: true }] }, { a: '' }, true],
  ['exists of an absent member', { a: [{ exists: true }] }, {}, false],
  ['exists false of an absent member', { a: [{ exists: false }] }, { b: 1 }, true],
  ['exists false below an absent member', { a: { b: [{ exists: false }] } }, {}, true],
  ['anything-but another value', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
  ['anything-but the value', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
  ['anything-but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
  ['numeric inside the range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
  ['numeric outside the range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
  ['numeric against text', { a: [{ numeric: ['=', 5] }] }, { a: '5' }, false],
  ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'STOP' }] }, { a: 'stop' }, true],
  ['wildcard', { a: [{ wildcard: 'in/*.csv' }] }, { a: 'in/x.csv' }, true],
  ['$or over members', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
])('%s', (_rule, pattern, event, expected) => {
  expect(compileEventPattern(pattern)(event)).toBe(expected);
});

test('an operator that is not known is refused', () => {
  expect(() => compileEventPattern({ a: [{ cidr: '10.0.0.0/8' }] })).toThrow('operator cidr is not known');
});
