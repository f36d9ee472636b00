import { createAddressBook } from '#functions/_adapters/dynamodb/address-book.ts';
import { createAddressNotes } from '#functions/_adapters/dynamodb/address-notes.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createLinkStore } from '#functions/_adapters/dynamodb/link-store.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { createFakeAddressNotes } from '#test/fakes/fake-address-notes.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { seededRandom } from '#cli/portfolio/seeded-random.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';
import type { Door, DoorParts } from './doors/door.ts';
import { mailNotificationDoor } from './doors/mail-notification.ts';
import { paymentCallbackDoor, stripeDoor } from './doors/payments.ts';
import { linkPageDoor, promiseCallbackDoor } from './doors/portal.ts';
import { twilioSmsDoor } from './doors/twilio-sms.ts';
import { twilioStatusDoor } from './doors/twilio-status.ts';

/** Requests that must be turned away, over all doors. */
const mutantsMin = 100_000;
/** Valid requests of which each is also sent a second time. */
const validEach = 60;
const rounds = 7;
const requestsPerRound = 40;
const ratioGoal = 1.5;

const openDoors: readonly ((parts: DoorParts) => Promise<Door>)[] = [
  twilioStatusDoor,
  twilioSmsDoor,
  stripeDoor,
  paymentCallbackDoor,
  promiseCallbackDoor,
  linkPageDoor,
  mailNotificationDoor,
];

/**
 * Knocks at every guarded door with requests that look valid and are not; then lets valid ones in, each twice; both on a
 * store in memory. Then compares what letting one in costs with the same work without the check, on the local table.
 */
export async function run(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  const dynamodb = await startLocalDynamodb();
  try {
    for (const open of openDoors) {
      const parts = await doorParts(createFakeDebtorStore({ shards: 1 }));
      const door = await open(parts);
      const stored = async (): Promise<string> => JSON.stringify(await parts.store.load('P1'));
      results.push(await refused(door, stored), await letIn(door, stored));
      const table = await dynamodb.createTable(1);
      const store = { ...createDebtorStore(table), ...createLinkStore(table), ...createAddressBook(table) };
      const real = await doorParts(store, createAddressNotes(table));
      results.push(await cost(await open(real)));
    }
  } finally {
    await dynamodb.stop();
  }
  return results;
}

async function doorParts(
  store: DoorParts['store'],
  notes: DoorParts['notes'] = createFakeAddressNotes(),
): Promise<DoorParts> {
  const clock = createFakeClock(at('2026-03-10T04:00:00Z'));
  const config = rules();
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
  return { store, notes, clock, config, rules: fixedRules(config) };
}

type Stored = () => Promise<string>;

async function refused(door: Door, stored: Stored): Promise<BenchResult> {
  const random = seededRandom(`webhook ${door.name}`);
  const before = await stored();
  const wanted = Math.ceil(mutantsMin / openDoors.length);
  let knocked = 0;
  const open: string[] = [];
  for (let number = 0; knocked < wanted; number += 1) {
    const valid = await door.valid(number);
    for (const { how, request } of await door.mutants(valid, random)) {
      knocked += 1;
      if (!door.isRefused(await door.handle(request))) open.push(how);
    }
  }
  const isUnchanged = (await stored()) === before;
  for (const how of new Set(open)) console.error(`${door.name} was opened by: ${how}`);
  return {
    name: `webhook: ${door.name}, refused of ${String(knocked)}${isUnchanged ? '' : ', BUT SOMETHING CHANGED'}`,
    unit: '%',
    own: (100 * (knocked - open.length)) / knocked,
    goal: '100 %',
    met: open.length === 0 && isUnchanged,
    machine: thisMachine(),
  };
}

/** Every valid request is let in; sent again it gets the same answer and changes nothing. */
async function letIn(door: Door, stored: Stored): Promise<BenchResult> {
  let good = 0;
  for (let number = 0; number < validEach; number += 1) {
    const request = await door.valid(number);
    const first = await door.handle(request);
    const before = await stored();
    const second = await door.handle(request);
    const isLetIn = !door.isRefused(first) && !door.isRefused(second);
    const isSame = isLetIn && (await stored()) === before;
    if (isSame) good += 1;
  }
  return {
    name: `webhook: ${door.name}, valid ones let in, and once`,
    unit: '%',
    own: (100 * good) / validEach,
    goal: '100 %',
    met: good === validEach,
    machine: thisMachine(),
  };
}

async function cost(door: Door): Promise<BenchResult> {
  const requests = await Promise.all(
    Array.from({ length: requestsPerRound }, (_, number) => door.valid(number)),
  );
  const pairs: { readonly own: number; readonly peer: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    pairs.push({
      own: await cpuPerRequest(requests, door.handle),
      peer: await cpuPerRequest(requests, door.bare),
    });
  }
  const measured = pairs.slice(1);
  const ratio = median(measured.map(({ own, peer }) => own / peer));
  return {
    name: `webhook: ${door.name}, processor time`,
    unit: 'µs',
    own: median(measured.map(({ own }) => own)),
    peer: median(measured.map(({ peer }) => peer)),
    peerName: 'without its check',
    ratio,
    goal: `≤ ${String(ratioGoal)} ×`,
    met: ratio <= ratioGoal,
    machine: thisMachine(),
  };
}

/** Microseconds of processor time that one request takes. */
async function cpuPerRequest<Request>(
  requests: readonly Request[],
  handle: (request: Request) => Promise<unknown>,
): Promise<number> {
  const before = process.cpuUsage();
  for (const request of requests) await handle(request);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests.length;
}
