import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { controlPartition, stopsKey } from '#functions/_adapters/dynamodb/keys.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { account, debtor } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { noon } from '#test/builders/stored.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { stopStoreSuite } from '#test/suites/stop-store.suite.ts';

stopStoreSuite('the store of stops on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async () => createStopStore(await dynamodb.createTable(1)),
    stop: () => dynamodb.stop(),
  };
});

describe('stops in the Debtors table', () => {
  let dynamodb: LocalDynamodb;
  beforeAll(async () => {
    dynamodb = await startLocalDynamodb();
  });
  afterAll(() => dynamodb.stop());

  it('are nobody: a person of that name has nothing of them, and nobody is due', async () => {
    const table = await dynamodb.createTable(1);
    const people = createDebtorStore(table);
    await createStopStore(table).stop(stopOf({ kind: 'all' }));
    expect(await people.load('control')).toBeNull();
    await people.saveFeeds([
      {
        debtorId: 'control',
        debtor: debtor({ debtorId: 'control' }),
        accounts: [account({ debtorId: 'control' })],
        stops: true,
      },
    ]);
    expect(await people.load('control')).toMatchObject({ version: 1 });
    expect(await createStopStore(table).inForce()).toHaveLength(1);
    expect(await people.due(0, noon, 10)).toEqual([]);
  });

  it.each([
    ['a stop of a kind that a newer release knows', { kind: 'region', region: 'MA' }, 1],
    ['another layout', { kind: 'all' }, 2],
  ])('with %s cannot be read, so that nobody is contacted', async (_, scope, layout) => {
    const table = await dynamodb.createTable(1);
    const stops = [{ ...stopOf({ kind: 'all' }), scope }];
    const Item = { PK: controlPartition, SK: stopsKey, layout, changes: 1, stops };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    await expect(createStopStore(table).inForce()).rejects.toThrow(/scope|layout/);
  });

  it('with a field that a newer release added are read without it', async () => {
    const table = await dynamodb.createTable(1);
    const stops = [{ ...stopOf({ kind: 'all' }), ticket: 'OPS-7' }];
    const Item = { PK: controlPartition, SK: stopsKey, layout: 1, changes: 1, stops, addedLater: true };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    expect(await createStopStore(table).inForce()).toEqual([stopOf({ kind: 'all' })]);
  });
});
