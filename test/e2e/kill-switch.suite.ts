import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumeCommand } from '#cli/commands/stop.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import { summarise } from '#infra/local/start/summary.ts';
import type { Person } from '#shared/contracts/person.ts';
import { stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import {
  askAsOperator,
  openCalmWorld,
  takeInPeople,
  untilTextsWait,
  waitingTexts,
} from '#test/e2e/calm-world.ts';
import { hourMs, toInstant } from '#shared/kernel/instant.ts';

/**
 * Everybody here is eight days past due in Shanghai, on which day a text message is due, and the next step falls on the
 * fourteenth. They come in when the hours that the strategy prefers are nearly over, so that all are due at once.
 */
const importAtMs = Date.parse('2026-03-10T16:05:00+08:00');
const untilMs = Date.parse('2026-03-11T20:00:00+08:00');
const peopleCount = 60;
/** More messages than these wait when everything is stopped. */
const queuedMin = 20;
const stoppedForMs = 3 * hourMs;
const why = 'wrong amounts in the feed';

/**
 * The synthesised template with its queues, tables, roles and doors: messages that wait in the queue when everything is
 * stopped by the operators' API, and what becomes of them when it is resumed on the command line.
 */
export function killSwitchSuite(assembly: () => Assembly): void {
  describe('the kill switch, with messages in the queue', () => {
    let world: LocalWorld;
    let wrong: readonly string[] = [];
    const seen = { queued: 0, stoppedAtMs: 0, sentMeanwhile: 0 };
    let people: readonly Person[];

    const ask = (method: string, url: string, body?: object) => askAsOperator(world, method, url, body);
    const sentMs = () => world.twilio.messages().map((message) => message.createdAt);

    beforeAll(async () => {
      ({ world, wrong } = await openCalmWorld(assembly(), { startAtMs: importAtMs, seed: 'kill-switch' }));
      await takeInPeople(world, peopleCount);
      await untilTextsWait(world, queuedMin);
      seen.queued = await waitingTexts(world);
      seen.stoppedAtMs = world.clock.now();
      expect(await ask('PUT', '/stops/all', { why })).toMatchObject({ status: 201 });
      await world.run.advanceTo(seen.stoppedAtMs + stoppedForMs);
      seen.sentMeanwhile = sentMs().filter((at) => at > seen.stoppedAtMs + stopsTooOldMs).length;
      await resumeOnCommandLine(world);
      await world.run.advanceTo(untilMs);
      people = await peopleReader(world.run)();
    }, 300_000);
    afterAll(() => world.stop());

    it('lets none of them go later than the time that it says', () => {
      expect(seen.queued).toBeGreaterThan(queuedMin);
      expect(seen.sentMeanwhile).toBe(0);
    });

    it('lets each go once after the resumption: none is lost and none doubled', async () => {
      const first = people.map(({ attempts }) =>
        attempts.filter(({ about }) => about.some(({ step }) => step === 'overdue-sms')),
      );
      expect(first).toHaveLength(peopleCount);
      for (const attempts of first)
        expect(attempts.filter(({ state }) => state === 'delivered')).toHaveLength(1);
      const ledger = people.flatMap(({ attempts }) => attempts.flatMap(({ providerId }) => providerId ?? []));
      const taken = [...world.twilio.messages(), ...world.twilio.calls()].map(({ sid }) => sid);
      const mailed = world.ses.mails().map(({ messageId }) => messageId);
      expect([...ledger].sort()).toEqual([...taken, ...mailed].sort());
      const { broken } = await summarise(world, {
        startedAt: importAtMs,
        people,
        payments: 0,
        written: 0,
        accessDenied: 0,
      });
      expect(broken).toMatchObject({ sentTwice: 0, stuck: 0, inDeadLetterQueues: 0 });
    });

    it('makes up for them at permitted times only', () => {
      for (const at of sentMs()) {
        const hour = new Date(at + 8 * hourMs).getUTCHours();
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThan(22);
      }
    });

    it('needs nothing that the roles of the functions do not allow', () => {
      expect(wrong).toEqual([]);
    });

    it('keeps who stopped and who resumed, each by their own way in', async () => {
      const { content } = await ask('GET', '/stops/history');
      expect(content['history']).toMatchObject([
        { result: 'resumed', stopId: 'all', by: 'lin', why: 'the feed is right again' },
        { result: 'stopped', stopId: 'all', by: 'arn:aws:iam::000000000000:user/operator', why },
      ]);
      expect((await ask('GET', '/stops')).content).toEqual({ inForce: [] });
    });
  });
}

async function resumeOnCommandLine({ run, clock }: LocalWorld): Promise<void> {
  const table = run.resources.find(({ type }) => type.startsWith('AWS::DynamoDB::'));
  const scope = { all: true } as const;
  const place = { table: table!.name, endpoint: run.operatorEnvironment['AWS_ENDPOINT_URL_DYNAMODB']! };
  const status = await resumeCommand(
    { scope, why: 'the feed is right again', json: false, ...place },
    {
      output: new PassThrough(),
      environment: {},
      dotDir: '/nowhere',
      now: () => toInstant(clock.now()),
      userName: () => 'lin',
    },
  );
  expect(status).toBe(0);
}
