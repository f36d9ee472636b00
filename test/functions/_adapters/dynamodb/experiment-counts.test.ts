import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { counts } from '#test/builders/experiment.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { experimentCountsSuite } from '#test/suites/experiment-counts.suite.ts';

experimentCountsSuite('the counts of experiments on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    create: async () => createExperimentCounts(await dynamodb.createTable(1)),
    stop: () => dynamodb.stop(),
  };
});

describe('marks in the table', () => {
  let dynamodb: LocalDynamodb;
  beforeAll(async () => {
    dynamodb = await startLocalDynamodb();
  });
  afterAll(() => dynamodb.stop());

  const mark = {
    experiment: 'patience',
    arm: 'later',
    event: 'assigned',
    debtorId: 'P1',
    to: '2026-03-31',
  } as const;

  it('leave it 400 days after the last day of their experiment', async () => {
    const table = await dynamodb.createTable(1);
    await createExperimentCounts(table).record([mark]);
    const { Items: items } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(items).toMatchObject([{ SK: 'arm#later#assigned#P1', ttl: Date.parse('2027-05-05') / 1_000 }]);
  });

  it('are counted over several pages of a query', async () => {
    const table = await dynamodb.createTable(1);
    const paged = {
      ...table,
      client: Object.assign(Object.create(table.client) as typeof table.client, {
        // Every query brings one item a page, as a query of much more than 1 MB would.
        send: ((command: Parameters<typeof table.client.send>[0]) => {
          if ('KeyConditionExpression' in command.input) Object.assign(command.input, { Limit: 1 });
          return table.client.send(command);
        }) as typeof table.client.send,
      }),
    };
    const store = createExperimentCounts(paged);
    const people = Array.from({ length: 60 }, (_, index) => `P${String(index)}`);
    await store.record(people.map((debtorId) => ({ ...mark, debtorId })));
    expect(await store.count('patience', ['later'])).toEqual([counts({ assigned: 60 })]);
  });
});
