import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = pathToFileURL(path.resolve(import.meta.dirname, '../../cli/ensure-installed.mjs')).href;
const { reasonToInstall } = (await import(script)) as {
  reasonToInstall: (folder: string) => string | undefined;
};

interface Locked {
  readonly version: string;
  readonly optional?: true;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-install-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeLock(file: string, packages: Readonly<Record<string, Locked>>): void {
  writeFileSync(
    path.join(folder, file),
    JSON.stringify({ packages: { '': { version: '0.1.0' }, ...packages } }),
  );
}

function writeInstalled(packages: Readonly<Record<string, Locked>>): void {
  mkdirSync(path.join(folder, 'node_modules/node/bin'), { recursive: true });
  writeLock('node_modules/.package-lock.json', packages);
}

describe('a clone is installed before its first command', () => {
  const zod = { 'node_modules/zod': { version: '4.6.7' } };

  it('when it was never installed', () => {
    writeLock('package-lock.json', zod);
    expect(reasonToInstall(folder)).toBe('its packages are not installed yet');
  });

  it('when the lock file names another version, or one that is missing', () => {
    writeInstalled(zod);
    writeLock('package-lock.json', { 'node_modules/zod': { version: '4.6.8' } });
    expect(reasonToInstall(folder)).toMatch(/node_modules\/zod is not the version/);
    writeLock('package-lock.json', { ...zod, 'node_modules/yaml': { version: '2.9.1' } });
    expect(reasonToInstall(folder)).toMatch(/node_modules\/yaml is not the version/);
  });

  it('when an install was broken off before its own Node was there', () => {
    writeInstalled(zod);
    writeLock('package-lock.json', zod);
    rmSync(path.join(folder, 'node_modules/node'), { recursive: true });
    expect(reasonToInstall(folder)).toBe('its own Node is missing');
  });

  it('when the list of what is installed cannot be read', () => {
    writeInstalled(zod);
    writeLock('package-lock.json', zod);
    writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), '{');
    expect(reasonToInstall(folder)).toBe('its packages are not installed yet');
  });

  it('but not when everything that this machine needs is there, whatever other platforms need', () => {
    writeInstalled(zod);
    writeLock('package-lock.json', {
      ...zod,
      'node_modules/@esbuild/win32-x64': { version: '1.0.0', optional: true },
    });
    expect(reasonToInstall(folder)).toBeUndefined();
  });
});
