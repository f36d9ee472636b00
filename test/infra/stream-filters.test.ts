import { describe, expect, it } from 'vitest';
import { attemptStates } from '#shared/contracts/ledger.ts';
import { experimentMarkKey } from '#functions/_adapters/dynamodb/keys.ts';
import { compileEventPattern } from '#infra/local/events/event-pattern.ts';
import type { JsonObject } from '#infra/local/json.ts';
import { streamFilters } from '#infra/service/stream-filters.ts';

/** The same matcher that the local run applies to the synthesised filters. */
const filters = streamFilters().map(({ pattern }) => compileEventPattern(JSON.parse(pattern) as JsonObject));

function wakes(eventName: string, sortKey: string, state?: string, experiment?: string): boolean {
  const image = {
    PK: { S: 'debtor#P1' },
    SK: { S: sortKey },
    ...(state === undefined ? {} : { state: { S: state } }),
    ...(experiment === undefined ? {} : { experiment: { S: experiment } }),
  };
  const record = {
    eventName,
    dynamodb: { Keys: { PK: { S: 'debtor#P1' }, SK: { S: sortKey } }, NewImage: image },
  };
  return filters.some((matches) => matches(record));
}

describe('the filter of the stream', () => {
  it.each(['profile', 'account#A1', 'consent#sms#*', 'payment#P9', 'case#C1', 'ended#sms#+12025550123'])(
    'wakes plan when %s comes or changes',
    (sortKey) => {
      expect(wakes('INSERT', sortKey)).toBe(true);
      expect(wakes('MODIFY', sortKey)).toBe(true);
      expect(wakes('REMOVE', sortKey)).toBe(false);
    },
  );

  it('never wakes plan for the head item, which every decision itself writes', () => {
    for (const eventName of ['INSERT', 'MODIFY', 'REMOVE']) expect(wakes(eventName, 'person')).toBe(false);
  });

  it('never wakes plan for evidence, which decides nothing', () => {
    expect(wakes('INSERT', '001773144000000#f312ecb290275bb8')).toBe(false);
  });

  it.each(['stops', 'log#000000000001'])('never wakes plan for the kill switch: %s', (sortKey) => {
    for (const eventName of ['INSERT', 'MODIFY']) expect(wakes(eventName, sortKey)).toBe(false);
  });

  it('never wakes plan for a contact that was just reserved', () => {
    for (const state of attemptStates) expect(wakes('INSERT', 'attempt#c1', state)).toBe(false);
  });

  it('wakes plan for a contact of an experiment that was just reserved, and for nothing of the way that follows', () => {
    expect(wakes('INSERT', 'attempt#c1', 'reserved', 'patience')).toBe(true);
    expect(wakes('MODIFY', 'attempt#c1', 'accepted', 'patience')).toBe(false);
  });

  it('never wakes plan for the marks by which an experiment is counted, whatever its arms are called', () => {
    for (const arm of ['later', 'account', 'profile']) {
      expect(wakes('INSERT', experimentMarkKey(arm, 'assigned', 'P1'))).toBe(false);
    }
  });

  it.each(attemptStates.map((state) => [state, !['reserved', 'accepted', 'sent'].includes(state)] as const))(
    'a contact that becomes %s wakes plan: %s',
    (state, expected) => {
      expect(wakes('MODIFY', 'attempt#c1', state)).toBe(expected);
    },
  );
});
