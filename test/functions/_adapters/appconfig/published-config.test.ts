import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigUnreachableError, publishedConfig } from '#functions/_adapters/appconfig/published-config.ts';

const path = '/applications/dunwell-dev/environments/live/configurations/bundle';
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** Asks an extension that answers as the test says. */
async function asking(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return publishedConfig({ port: (server.address() as AddressInfo).port, path });
}

/** As the extension answers when version 7 is deployed. */
const versionSeven: RequestListener = (request, response) => {
  response.writeHead(request.url === path ? 200 : 400, { 'configuration-version': '7' });
  response.end('{"version":"abc"}');
};

describe('asking the AppConfig extension', () => {
  it('reads what is published, with the label of its version', async () => {
    const ask = await asking(versionSeven);
    expect(await ask(undefined)).toEqual({ kind: 'published', label: '7', text: '{"version":"abc"}' });
    expect(await ask('6')).toMatchObject({ kind: 'published', label: '7' });
  });

  it('reads nothing again that the caller knows', async () => {
    expect(await (await asking(versionSeven))('7')).toEqual({ kind: 'unchanged' });
  });

  it('takes a missing deployment as nothing published', async () => {
    const ask = await asking((_, response) => response.writeHead(404).end('ResourceNotFoundException'));
    expect(await ask(undefined)).toEqual({ kind: 'none' });
  });

  it.each([400, 403, 500, 503])(
    'takes status %i for no answer: something may be published',
    async (status) => {
      const ask = await asking((_, response) => response.writeHead(status).end('AccessDeniedException'));
      await expect(ask(undefined)).rejects.toThrow(ConfigUnreachableError);
      await expect(ask(undefined)).rejects.toThrow(`status ${String(status)} AccessDeniedException`);
    },
  );

  it('takes an answer that breaks off for none', async () => {
    const ask = await asking((_, response) => {
      response.writeHead(200, { 'content-length': 1_000, 'configuration-version': '7' });
      response.write('{"version"', () => response.destroy());
    });
    await expect(ask(undefined)).rejects.toThrow(ConfigUnreachableError);
  });

  it('takes an answer larger than anything that can be published for none', async () => {
    const ask = await asking((_, response) => response.writeHead(200).end('x'.repeat(2_100_000)));
    await expect(ask(undefined)).rejects.toThrow('more than 2000000 bytes');
  });

  it('fails where nobody listens', async () => {
    await expect(publishedConfig({ port: 1, path })(undefined)).rejects.toThrow(ConfigUnreachableError);
  });
});
