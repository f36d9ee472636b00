import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openConfig, openConfigOrBuiltIn } from '#functions/_runtime/open-config.ts';
import { openLimits } from '#functions/_runtime/open-limits.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { bundle } from '#test/builders/rules.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';

/** A function that was built with `built`, beside an extension that answers as given; without one nobody listens. */
async function started(answer?: RequestListener) {
  const folder = mkdtempSync(join(tmpdir(), 'dunwell-function-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(bundle({ version: 'built' })));
  const environment = { CONFIG_PATH: '/any', AWS_APPCONFIG_EXTENSION_HTTP_PORT: 1 };
  if (answer !== undefined) {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    environment.AWS_APPCONFIG_EXTENSION_HTTP_PORT = (server.address() as AddressInfo).port;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }
  const clock = createFakeClock(toInstant(0));
  const start = { environment, clock, telemetry: createFakeTelemetry() };
  return { url: pathToFileURL(join(folder, 'index.mjs')).href, start };
}

const published: RequestListener = (_, response) => {
  response
    .writeHead(200, { 'configuration-version': '1' })
    .end(JSON.stringify(bundle({ version: 'published' })));
};
const nothingPublished: RequestListener = (_, response) => response.writeHead(404).end();

describe('a function', () => {
  it('decides by what is published, else by what it was built with', async () => {
    const one = await started(published);
    expect((await openConfig(one.url, one.start).current()).version).toBe('published');
    const other = await started(nothingPublished);
    expect((await openConfig(other.url, other.start).current()).version).toBe('built');
    expect((await openLimits(other.url, other.start).current()).limits).toEqual(bundle().limits);
  });

  it('decides nothing when the extension cannot be reached, and starts all the same', async () => {
    const { url, start } = await started();
    await expect(openConfig(url, start).current()).rejects.toThrow('no usable configuration');
  });
});

describe('the kill switch', () => {
  it('has the published names', async () => {
    const { url, start } = await started(published);
    expect((await openConfigOrBuiltIn(url, start).current()).version).toBe('published');
  });

  it.each<[string, RequestListener | undefined]>([
    ['cannot be reached', undefined],
    ['does not answer', () => undefined],
    ['says something else', (_, response) => response.writeHead(500).end()],
  ])('works by what it was built with when the extension %s', async (_, answer) => {
    const { url, start } = await started(answer);
    expect((await openConfigOrBuiltIn(url, start).current()).version).toBe('built');
  });
});
