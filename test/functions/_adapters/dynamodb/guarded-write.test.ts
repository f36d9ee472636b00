import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createDocumentClient } from '#functions/_adapters/dynamodb/table.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { account } from '#test/builders/person.ts';
import { P1, entry, noon } from '#test/builders/stored.ts';

/** What DynamoDB answers under load, which the emulator never does: scripted, over real HTTP and the real SDK. */
interface Answer {
  readonly status: number;
  readonly body: object;
}
const accepted: Answer = { status: 200, body: {} };

function cancelled(...codes: string[]): Answer {
  return failure('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
}

function failure(name: string, more: object = {}): Answer {
  return {
    status: 400,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'scripted', ...more },
  };
}

let server: Server;
let store: DebtorStore;
let answers: Answer[];
let requests: { readonly target: string; readonly body: Record<string, unknown> }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']).split('.').at(-1)!;
      requests.push({
        target,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      });
      const { status, body } = answers.shift() ?? accepted;
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers = [];
  requests = [];
  const { port } = server.address() as AddressInfo;
  const client = createDocumentClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  store = createDebtorStore({ client, name: 'debtors', shards: 1 });
});

const reserve = () => store.reserve(3, { entry: entry(), next: null, evidence: evidenceFor(entry()) });

it('takes a failed condition for a conflict, on whichever item and beside whatever else', async () => {
  answers = [
    cancelled('ConditionalCheckFailed', 'None'),
    cancelled('TransactionConflict', 'ConditionalCheckFailed'),
  ];
  expect(await reserve()).toBe('conflict');
  expect(await reserve()).toBe('conflict');
  expect(requests).toHaveLength(2);
});

it.each(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError'])(
  'tries a transaction again that was cancelled by %s',
  async (code) => {
    answers = [cancelled(code, 'None'), cancelled('None', code)];
    expect(await reserve()).toBe('done');
    expect(requests).toHaveLength(3);
  },
);

it("tries a single update again that met somebody else's transaction", async () => {
  answers = [failure('TransactionConflictException')];
  expect(await store.setWakeUp(P1, 1, { at: noon, for: 'sms' })).toBe('done');
  expect(requests.map((request) => request.target)).toEqual(['UpdateItem', 'UpdateItem']);
});

it('gives up after a bounded number of tries and throws', async () => {
  answers = Array.from({ length: 20 }, () => cancelled('TransactionConflict'));
  await expect(reserve()).rejects.toThrow('scripted');
  expect(requests).toHaveLength(6);
});

it.each([
  ['an invalid request', cancelled('ValidationError', 'None')],
  ['a cancellation without reasons', failure('TransactionCanceledException')],
  ['a missing right', failure('AccessDeniedException')],
])('throws at once for %s', async (_, answer) => {
  answers = [answer];
  await expect(reserve()).rejects.toThrow('scripted');
  expect(requests).toHaveLength(1);
});

it('sends what a batch left unprocessed once more, and only that', async () => {
  answers = [
    {
      status: 200,
      body: { UnprocessedItems: { debtors: [{ PutRequest: { Item: { PK: { S: 'left' } } } }] } },
    },
  ];
  await store.saveFeeds([{ debtorId: P1, accounts: [account()], stops: false }]);
  expect(requests.map((request) => request.target)).toEqual(['BatchWriteItem', 'BatchWriteItem']);
  expect(requests[1]!.body['RequestItems']).toEqual({
    debtors: [{ PutRequest: { Item: { PK: { S: 'left' } } } }],
  });
});

it('throws when a throttled table never takes the whole batch', async () => {
  const left = { debtors: [{ PutRequest: { Item: { PK: { S: 'left' } } } }] };
  answers = Array.from({ length: 20 }, () => ({ status: 200, body: { UnprocessedItems: left } }));
  const saving = store.saveFeeds([{ debtorId: P1, accounts: [account()], stops: false }]);
  await expect(saving).rejects.toThrow('throttled');
  expect(requests).toHaveLength(8);
});

it('names the version read, the contact, its evidence and the next wake-up in one transaction', async () => {
  await store.reserve(3, {
    entry: entry(),
    next: { at: noon, for: 'look' },
    evidence: evidenceFor(entry()),
  });
  const { target, body } = requests[0]!;
  expect(target).toBe('TransactWriteItems');
  expect(body['TransactItems']).toMatchObject([
    {
      Update: {
        Key: { PK: { S: 'debtor#P1' }, SK: { S: 'person' } },
        ConditionExpression: '#version = :version',
        ExpressionAttributeValues: {
          ':version': { N: '3' },
          ':duePK': { S: 'due#0' },
          ':dueSK': { S: '001773144000000#P1' },
        },
      },
    },
    {
      Put: {
        Item: { SK: { S: 'attempt#c-1' }, state: { S: 'reserved' }, ttl: { N: '1807704000' } },
        ConditionExpression: 'attribute_not_exists(PK)',
      },
    },
    {
      Put: {
        Item: { PK: { S: 'evidence#P1' }, SK: { S: '001773144000000#f312ecb290275bb8' } },
        ConditionExpression: 'attribute_not_exists(PK)',
      },
    },
  ]);
});
