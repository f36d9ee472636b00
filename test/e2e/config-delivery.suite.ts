import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConfigService, type ConfigService } from '#cli/delivery/config-service.ts';
import { localClient } from '#cli/delivery/open-delivery.ts';
import { configDir, projectDir } from '#infra/build/build-paths.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import { openConfigFolder, type ConfigFolder } from '#infra/local/start/config-folder.ts';
import { dropPortfolio } from '#infra/local/start/import-portfolio.ts';
import { openLocalWorld, type LocalWorld } from '#infra/local/start/open-world.ts';
import { simulatedMailboxes, simulatedPeople } from '#infra/local/start/simulated-people.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { hourMs, minuteMs } from '#shared/kernel/instant.ts';
import { setAlarm } from '#test/infra/local/set-alarm.ts';

const startAtMs = Date.parse('2026-03-02T00:00:00Z');
const seed = 'config';
/** Enough of the shipped people that somebody is contacted every few hours. */
const people = 60;
const who = { by: 'the test', why: '' };

/** How a changed configuration reaches the functions of the synthesised template, and how a bad one does not. */
export function configDeliverySuite(assembly: () => Assembly): void {
  describe('the configuration of a running machine', () => {
    const dir = mkdtempSync(join(tmpdir(), 'dunwell-config-'));
    const told: string[] = [];
    let world: LocalWorld;
    let folder: ConfigFolder;
    let service: ConfigService;
    const client = { close: (): void => undefined };
    let hours = 0;

    beforeAll(async () => {
      cpSync(configDir, dir, { recursive: true });
      world = await openLocalWorld({
        ...assembly(),
        assemblyDir: assembly().dir,
        clock: createVirtualClock({ startAtMs, speed: 'jump' }),
        seed,
        people: simulatedPeople(seed),
        mailboxes: simulatedMailboxes(seed),
      });
      const { stage } = assembly();
      folder = await openConfigFolder(world.run, { dir, stage, say: (line) => told.push(line) });
      const own = localClient(world.run.operatorEnvironment['AWS_ENDPOINT_URL_APPCONFIG']!);
      client.close = () => own.destroy();
      service = await openConfigService(own, `dunwell-${stage}`);
    }, 120_000);
    afterAll(async () => {
      folder.stop();
      client.close();
      await world.stop();
      rmSync(dir, { recursive: true });
    });

    /** Moves on by some hours and tells by which versions contacts were decided in them. */
    const versionsUsed = async (byHours: number): Promise<readonly string[]> => {
      const from = startAtMs + hours * hourMs;
      hours += byHours;
      await world.run.advanceTo(startAtMs + hours * hourMs);
      const decided = await decisions(world);
      return [...new Set(decided.filter(({ at }) => at >= from).map(({ config }) => config))];
    };
    const change = (from: string, to: string): void => {
      const file = join(dir, 'limits.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };

    it('is what was built while nothing is published', async () => {
      const built = await folder.publish();
      await dropPortfolio(world.run, smallPortfolio());
      expect(await service.deliveries()).toEqual([]);
      expect(await versionsUsed(6)).toEqual([built]);
    }, 120_000);

    it('changes with its folder, without a build', async () => {
      const before = await folder.publish();
      change('gapMinutes: 240', 'gapMinutes: 200');
      const after = await folder.publish();
      expect(after).not.toBe(before);
      expect(told.at(-1)).toBe(`Configuration: ${before.slice(0, 12)} → ${after.slice(0, 12)}`);
      expect(await versionsUsed(6)).toEqual([after]);
    }, 120_000);

    it('stays when the folder has errors, and each of them is told', async () => {
      const good = await folder.publish();
      change('gapMinutes: 200', 'gapMinutes: soon');
      change('attemptsMax: 3', 'attemptsMax: many');
      told.length = 0;
      expect(await folder.publish()).toBe(good);
      expect(told).toEqual([
        expect.stringMatching(/limits\.yaml:\d+: gapMinutes is "soon"/),
        expect.stringMatching(/limits\.yaml:\d+: attemptsMax is "many"/),
        `Configuration: ${dir} is refused; ${good.slice(0, 12)} goes on`,
      ]);
      change('gapMinutes: soon', 'gapMinutes: 200');
      change('attemptsMax: many', 'attemptsMax: 3');
    }, 120_000);

    it('stays when somebody publishes a broken bundle past the folder: the validator refuses it', async () => {
      const [standing] = await service.deliveries();
      const bundle = JSON.parse(await service.content(standing!.keptNumber)) as { limits: object };
      const broken = JSON.stringify({ ...bundle, limits: { ...bundle.limits, pace: 'fast' } });
      const number = await service.add(broken, 'broken', who);
      expect(await service.refusalOf(number)).toMatch(
        /limits\.pace: .+; make it with `dunwell config publish`/,
      );
      await expect(service.deploy(number, 'at-once', who)).rejects.toThrow('limits.pace');
      expect(await versionsUsed(6)).toEqual([standing?.version]);
    }, 120_000);

    it('goes back in every function when an alarm goes off in the middle of a roll-out', async () => {
      const [standing] = await service.deliveries();
      const kept = (await service.versions()).find(({ version }) => version === standing?.version);
      change('gapMinutes: 200', 'gapMinutes: 210');
      const next = await folder.publish();
      await service.deploy(kept!.number, 'at-once', who);
      const newer = (await service.versions()).find(({ version }) => version === next);
      const deployment = await service.deploy(newer!.number, 'gradual', who);
      await world.run.advanceTo(startAtMs + hours * hourMs + 3 * minuteMs);
      expect(await service.delivery(deployment.number)).toMatchObject({ state: 'DEPLOYING', percent: 50 });
      expect(await setAlarm(world.run, `dunwell-${assembly().stage}-sms-dead`, 'ALARM')).toBe(200);
      expect(await service.delivery(deployment.number)).toMatchObject({ state: 'ROLLED_BACK' });
      // The containers ask again within a minute.
      await world.run.advanceTo(startAtMs + hours * hourMs + 5 * minuteMs);
      hours += 1;
      await world.run.advanceTo(startAtMs + hours * hourMs);
      expect(await versionsUsed(9)).toEqual([standing?.version]);
    }, 120_000);
  });
}

/** When each stored decision was taken, and by which configuration. */
async function decisions({ run }: LocalWorld): Promise<{ at: number; config: string }[]> {
  const variables = run.operatorEnvironment;
  const raw = new DynamoDBClient({
    region: variables['AWS_REGION']!,
    endpoint: variables['AWS_ENDPOINT_URL_DYNAMODB']!,
    credentials: { accessKeyId: variables['AWS_ACCESS_KEY_ID']!, secretAccessKey: 'local' },
  });
  const TableName = run.resources.find(({ type }) => type === 'AWS::DynamoDB::Table')!.name;
  const found: { at: number; config: string }[] = [];
  for await (const { Items = [] } of paginateScan(
    { client: DynamoDBDocumentClient.from(raw) },
    { TableName },
  )) {
    for (const { json } of Items) {
      if (!(json instanceof Uint8Array)) continue;
      found.push(JSON.parse(inflateRawSync(json).toString()) as { at: number; config: string });
    }
  }
  raw.destroy();
  return found;
}

function smallPortfolio(): string {
  const all = readFileSync(join(projectDir, 'infra/local/samples/portfolio.csv'), 'utf8').split('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'dunwell-portfolio-')), 'small.csv');
  writeFileSync(file, `${all.slice(0, people + 1).join('\n')}\n`);
  return file;
}
