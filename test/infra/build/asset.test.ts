import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assetHash } from '#infra/build/asset-hash.ts';

const runner = fileURLToPath(new URL('../../../infra/build/first-call/run-first-call.mjs', import.meta.url));
const entry = fileURLToPath(new URL('../../../infra/build/asset/index.mjs', import.meta.url));

/** A function whose handler writes what it is called with, in the form of a built asset. */
function asset(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dunwell-asset-'));
  copyFileSync(entry, join(folder, 'index.mjs'));
  const body =
    'module.exports = { handler: async (event) => console.log("called with", event.word, bundleUrl.startsWith("file:")) };';
  writeFileSync(join(folder, 'bundle.cjs'), `(function(exports,require,module,bundleUrl){${body}})`);
  return folder;
}

function call(folder: string, ...more: readonly string[]): string {
  const args = [runner, join(folder, 'index.mjs'), JSON.stringify({ word: 'hello' }), ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

describe('a built asset', () => {
  it('runs its bundle when nothing was compiled before', () => {
    expect(call(asset())).toBe('called with hello true\n');
  });

  it('keeps what V8 compiled, and starts from it without a word', () => {
    const folder = asset();
    call(folder, join(folder, 'bundle.cache'));
    expect(existsSync(join(folder, 'bundle.cache'))).toBe(true);
    expect(call(folder)).toBe('called with hello true\n');
  });

  it('compiles as ever when V8 refuses what was kept, and says so', () => {
    const folder = asset();
    call(folder, join(folder, 'bundle.cache'));
    const kept = readFileSync(join(folder, 'bundle.cache'));
    kept.writeUInt32LE(0, 4);
    writeFileSync(join(folder, 'bundle.cache'), kept);
    expect(call(folder)).toBe(
      '{"level":"INFO","event":"compiled_bundle_rejected"}\ncalled with hello true\n',
    );
  });

  it('has the same hash whatever V8 compiled, and another for another bundle', () => {
    const folder = asset();
    const hash = assetHash(folder);
    writeFileSync(join(folder, 'bundle.cache'), 'some bytes');
    expect(assetHash(folder)).toBe(hash);
    writeFileSync(join(folder, 'config.json'), '{}');
    expect(assetHash(folder)).not.toBe(hash);
  });
});
