import { describe, expect, it, onTestFinished } from 'vitest';
import { openConfigService, type ConfigService } from '#cli/delivery/config-service.ts';
import { localClient } from '#cli/delivery/open-delivery.ts';
import { parseJsonObject } from '#infra/local/json.ts';
import type { LocalRun } from '#infra/local/local-run.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { configTemplate, deadLetterAlarm } from '#test/infra/local/config-template.ts';
import { setAlarm } from '#test/infra/local/set-alarm.ts';
import { startAtMs, startTestRun, temporaryFolder } from '#test/infra/local/test-template.ts';

const record = { by: 'Ada', why: '加一个节日' };
const readers = ['ReaderA', 'ReaderB', 'ReaderC', 'ReaderD'];

async function started(options: Parameters<typeof startTestRun>[1] = {}) {
  const { run, events } = await startTestRun(configTemplate, options);
  const client = localClient(run.operatorEnvironment['AWS_ENDPOINT_URL_APPCONFIG']!);
  onTestFinished(() => client.destroy());
  return { run, events, service: await openConfigService(client, 'dunwell-dev') };
}

const publish = async (service: ConfigService, text: string, rollout: 'gradual' | 'at-once' = 'at-once') =>
  service.deploy(await service.add(text, text, record), rollout, record);

async function got(run: LocalRun, name: string): Promise<unknown> {
  const { status, text } = parseJsonObject((await run.invoke(name, {})).payload ?? '');
  return status === 200 ? text : status;
}
const gotByAll = (run: LocalRun) => Promise.all(readers.map((name) => got(run, name)));
/** Longer than the extension's poll interval. */
const later = (minutes: number) => startAtMs + minutes * minuteMs;

describe('the local AppConfig', () => {
  it('says that there is nothing until something was deployed, and then gives it to the functions', async () => {
    const { run, service } = await started();
    expect(await got(run, 'ReaderA')).toBe(404);
    await publish(service, 'one');
    expect(await got(run, 'ReaderA')).toBe(404);
    await run.advanceTo(later(1));
    expect(await gotByAll(run)).toEqual(['one', 'one', 'one', 'one']);
  });

  it('asks AppConfig for a function once in a poll interval, however often the function asks', async () => {
    const { run, service } = await started();
    await publish(service, 'one');
    for (let ask = 0; ask < 20; ask += 1) await got(run, 'ReaderA');
    const { requests } = await run.stats();
    expect(requests['appconfig-extension:Get']).toBe(20);
    expect(requests['appconfigdata:GetLatestConfiguration']).toBe(1);
  });

  it('gives nothing to a function whose role may not read it', async () => {
    const { run, events, service } = await started();
    await publish(service, 'one');
    expect(await got(run, 'Stranger')).toBe(403);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'refused',
        caller: 'Stranger',
        action: 'appconfig:StartConfigurationSession',
      }),
    );
  });

  it('keeps who published, and why, in letters of any script', async () => {
    const { service } = await started();
    await publish(service, 'one');
    expect(await service.versions()).toEqual([{ number: 1, version: 'one', record }]);
    expect((await service.deliveries())[0]).toMatchObject({ version: 'one', record, state: 'COMPLETE' });
  });

  it('has a version judged by the validator of the template, and deploys none that it refuses', async () => {
    const { service } = await started();
    const number = await service.add('wrong', 'wrong', record);
    expect(await service.refusalOf(number)).toContain('limits.pace: is missing; add it');
    await expect(service.deploy(number, 'at-once', record)).rejects.toThrow(
      'limits.pace: is missing; add it',
    );
    expect(await service.deliveries()).toEqual([]);
  });

  it('has one deployment at a time', async () => {
    const { service } = await started();
    await publish(service, 'one', 'gradual');
    await expect(publish(service, 'two')).rejects.toThrow('Deployment 1 is still in progress');
  });

  it('goes on with a deployment after a restart', async () => {
    const dataDir = await temporaryFolder();
    const before = await started({ dataDir });
    await publish(before.service, 'one', 'gradual');
    await before.run.advanceTo(later(29));
    await before.run.stop();
    const clock = createVirtualClock({ startAtMs: later(29), speed: 'jump' });
    const { run, service } = await started({ dataDir, clock });
    expect(await service.delivery(1)).toMatchObject({ version: 'one', state: 'BAKING', percent: 100 });
    await run.advanceTo(later(30));
    expect(await service.delivery(1)).toMatchObject({ state: 'COMPLETE' });
    expect(await gotByAll(run)).toEqual(['one', 'one', 'one', 'one']);
  });
});

describe('a gradual deployment that goes wrong', () => {
  /** A second version on its way to half of the callers. */
  async function halfWay() {
    const parts = await started();
    const { run, service } = parts;
    await publish(service, 'one');
    const second = await publish(service, 'two', 'gradual');
    await run.advanceTo(later(6));
    expect(await service.delivery(second.number)).toMatchObject({ state: 'DEPLOYING', percent: 50 });
    expect([...new Set(await gotByAll(run))].sort()).toEqual(['one', 'two']);
    return { ...parts, number: second.number };
  }

  it('is rolled back when an alarm goes off, and all functions get the version before again', async () => {
    const { run, service, events, number } = await halfWay();
    expect(await setAlarm(run, deadLetterAlarm, 'ALARM')).toBe(200);
    expect(await service.delivery(number)).toMatchObject({
      state: 'ROLLED_BACK',
      undone: 'alarm dunwell-dev-config-suspect went off',
    });
    await run.advanceTo(later(7));
    expect(await gotByAll(run)).toEqual(['one', 'one', 'one', 'one']);
    expect(events).toContainEqual({
      kind: 'configured',
      what: 'deployment 2 was taken back: alarm dunwell-dev-config-suspect went off',
    });
  });

  it('is rolled back by hand', async () => {
    const { run, service, number } = await halfWay();
    await service.takeBack(number);
    await run.advanceTo(later(7));
    expect(await gotByAll(run)).toEqual(['one', 'one', 'one', 'one']);
  });

  it('does not begin while the alarm lasts, but one that is given to all at once does', async () => {
    const { run, service } = await started();
    await setAlarm(run, deadLetterAlarm, 'ALARM');
    expect(await publish(service, 'one', 'gradual')).toMatchObject({ state: 'ROLLED_BACK' });
    expect(await publish(service, 'two')).toMatchObject({ state: 'COMPLETE' });
    await setAlarm(run, deadLetterAlarm, 'OK');
    expect(await publish(service, 'three', 'gradual')).toMatchObject({ state: 'DEPLOYING' });
  });

  it('can be reverted after its end, for three days', async () => {
    const { run, service } = await started();
    await publish(service, 'one');
    const { number } = await publish(service, 'two');
    await service.takeBack(number);
    expect(await service.delivery(number)).toMatchObject({ state: 'REVERTED' });
    await run.advanceTo(later(1));
    expect(await gotByAll(run)).toEqual(['one', 'one', 'one', 'one']);
    const third = await publish(service, 'three');
    await run.advanceTo(later(73 * 60));
    await expect(service.takeBack(third.number)).rejects.toThrow('cannot be stopped');
  });

  it('takes an alarm that does not exist, and a state that is none, for mistakes', async () => {
    const { run } = await started();
    expect(await setAlarm(run, 'nobody', 'ALARM')).toBe(400);
    expect(await setAlarm(run, deadLetterAlarm, 'RED')).toBe(400);
  });
});
