import { describe, expect, it } from 'vitest';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { readEnvironment } from '#functions/_runtime/environment.ts';

describe('readEnvironment', () => {
  it('reads what the schema names and leaves the rest of the process alone', () => {
    const variables = { TABLE_NAME: 'debtors', DUE_SHARDS: '4', PATH: '/bin' };
    expect(readEnvironment(environmentSchemas.ingest, variables)).toEqual({
      TABLE_NAME: 'debtors',
      DUE_SHARDS: 4,
    });
  });

  it('names every variable that is missing or wrong', () => {
    const variables = { DUE_SHARDS: 'many' };
    expect(() => readEnvironment(environmentSchemas.ingest, variables)).toThrow(/TABLE_NAME: .*DUE_SHARDS: /);
  });
});
