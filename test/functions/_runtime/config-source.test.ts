import { describe, expect, it } from 'vitest';
import type { PublishedAnswer } from '#functions/_adapters/appconfig/published-config.ts';
import { configAskedMaxMs, configRefreshMs, createConfigSource } from '#functions/_runtime/config-source.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { bundle } from '#test/builders/rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';

/** An extension that says what the test wants, and a source that knows the version of what it compiled. */
function setting(first: PublishedAnswer | Error) {
  const extension: { says: PublishedAnswer | Error; readonly asked: (string | undefined)[] } = {
    says: first,
    asked: [],
  };
  const compiled: string[] = [];
  const clock = createFakeClock(toInstant(Date.parse('2026-03-02T09:00:00Z')));
  const telemetry = createFakeTelemetry();
  const source = createConfigSource({
    ask: (known) => {
      extension.asked.push(known);
      return extension.says instanceof Error
        ? Promise.reject(extension.says)
        : Promise.resolve(extension.says);
    },
    builtIn: () => bundle({ version: 'built-in' }),
    parse: (text) => {
      if (text === 'broken') throw new Error('not JSON');
      return bundle({ version: text });
    },
    compile: ({ version }) => {
      compiled.push(version);
      return version;
    },
    clock,
    telemetry,
  });
  return { extension, compiled, clock, telemetry, source };
}

const published = (text: string, label = text): PublishedAnswer => ({ kind: 'published', label, text });
/** Work in the background has ended. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the configuration in force in a container', () => {
  it('is what was built in while nothing was ever published', async () => {
    const { source } = setting({ kind: 'none' });
    expect(await source.current()).toBe('built-in');
  });

  it('is what is published, as soon as something is', async () => {
    const { source, extension, clock } = setting({ kind: 'none' });
    await source.current();
    extension.says = published('one');
    clock.advance(configAskedMaxMs);
    expect(await source.current()).toBe('one');
  });

  it('is asked for once for all who begin at the same time, and then not before the refresh time', async () => {
    const { source, extension, compiled, clock } = setting(published('one'));
    await Promise.all([source.current(), source.current()]);
    clock.advance(configRefreshMs - 1);
    for (let message = 0; message < 1_000; message += 1) expect(await source.current()).toBe('one');
    expect(extension.asked).toEqual([undefined]);
    expect(compiled).toEqual(['one']);
  });

  it('changes in the background of a message, which itself goes by the one before', async () => {
    const { source, extension, clock } = setting(published('one'));
    await source.current();
    extension.says = published('two');
    clock.advance(configRefreshMs);
    expect(await source.current()).toBe('one');
    await settled();
    expect(await source.current()).toBe('two');
  });

  it('is asked for before anything is decided when the container has slept', async () => {
    const { source, extension, clock } = setting(published('one'));
    await source.current();
    extension.says = published('two');
    clock.advance(configAskedMaxMs);
    expect(await source.current()).toBe('two');
  });

  it('is not compiled again while it stays the same', async () => {
    const { source, extension, compiled, clock } = setting(published('one'));
    await source.current();
    extension.says = { kind: 'unchanged' };
    for (let round = 0; round < 5; round += 1) {
      clock.advance(configAskedMaxMs);
      expect(await source.current()).toBe('one');
    }
    expect(extension.asked).toEqual([undefined, 'one', 'one', 'one', 'one', 'one']);
    expect(compiled).toEqual(['one']);
  });

  it('goes back with the published one when that is rolled back', async () => {
    const { source, extension, clock } = setting(published('one'));
    await source.current();
    for (const version of ['two', 'one']) {
      extension.says = published(version);
      clock.advance(configAskedMaxMs);
      expect(await source.current()).toBe(version);
    }
  });
});

describe('a configuration that cannot be applied', () => {
  it('is counted as long as it is published, told once, and the last good one goes on', async () => {
    const { source, extension, telemetry, clock } = setting(published('one'));
    await source.current();
    extension.says = published('broken');
    for (let round = 0; round < 3; round += 1) {
      clock.advance(configAskedMaxMs);
      expect(await source.current()).toBe('one');
    }
    expect(telemetry.counts).toEqual({ config_refused: 3 });
    expect(telemetry.lines.map(({ event }) => event)).toEqual(['config_refused']);
  });

  it('lets a container that has no other decide nothing: what was built in may have been withdrawn', async () => {
    const { source, extension, telemetry } = setting(published('broken'));
    await expect(source.current()).rejects.toThrow('no usable configuration');
    expect(telemetry.counts).toEqual({ config_refused: 1 });
    extension.says = published('two');
    expect(await source.current()).toBe('two');
  });
});

describe('an extension that does not answer', () => {
  it('leaves the last good configuration in force and is counted', async () => {
    const { source, extension, telemetry, clock } = setting(published('one'));
    await source.current();
    extension.says = new Error('connection refused');
    clock.advance(configAskedMaxMs);
    expect(await source.current()).toBe('one');
    expect(telemetry.counts).toEqual({ config_unreachable: 1 });
  });

  it('lets a new container decide nothing after some tries, and everything once it answers', async () => {
    const { source, extension, telemetry } = setting(new Error('connection refused'));
    await expect(source.current()).rejects.toThrow('no usable configuration');
    expect(extension.asked.length).toBeGreaterThan(1);
    expect(telemetry.counts).toEqual({ config_unreachable: 1 });
    extension.says = published('one');
    expect(await source.current()).toBe('one');
  });

  it('does not bring back what was built in after something was published', async () => {
    const { source, extension, clock } = setting(published('one'));
    await source.current();
    extension.says = { kind: 'none' };
    clock.advance(configAskedMaxMs);
    expect(await source.current()).toBe('one');
  });
});
