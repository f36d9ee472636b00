import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import { bundle } from '#test/builders/rules.ts';

function placed(content: unknown): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'dunwell-config-')), 'config.json');
  writeFileSync(file, JSON.stringify(content));
  return pathToFileURL(file);
}

describe('readConfigBundle', () => {
  it('reads the bundle as the build wrote it', () => {
    expect(readConfigBundle(placed(bundle()))).toEqual(bundle());
  });

  it('refuses a file that our build did not make', () => {
    const { limits: _, ...rest } = bundle();
    expect(() => readConfigBundle(placed(rest))).toThrow(
      'is not a configuration bundle: run `npm run build`',
    );
  });

  it('refuses to start without one', () => {
    expect(() => readConfigBundle(new URL('file:///nowhere/config.json'))).toThrow('ENOENT');
  });
});
