import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { standIns } from '#infra/build/stand-ins.ts';
import { credentialsIn } from '#infra/build/stand-ins/credentials.ts';
import { quickBuiltins } from '#infra/build/quick-builtins.ts';

async function bundled(source: string): Promise<{ code: string; inputs: string[] }> {
  const file = join(mkdtempSync(join(tmpdir(), 'dunwell-bundle-')), 'entry.ts');
  writeFileSync(file, source);
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    nodePaths: [join(import.meta.dirname, '../../../node_modules')],
    plugins: [standIns, quickBuiltins],
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output!.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  return { code: outputFiles[0]!.text, inputs };
}

/** Runs a bundle and tells what it exports and which of Node's modules it took, in order. */
function run(code: string): { exported: Record<string, unknown>; taken: string[] } {
  const taken: string[] = [];
  const module = { exports: {} as Record<string, unknown> };
  const getBuiltinModule = (name: string): object | undefined => {
    taken.push(name);
    return process.getBuiltinModule(name);
  };
  runInNewContext(code, { module, exports: module.exports, process: { getBuiltinModule } });
  return { exported: module.exports, taken };
}

describe("Node's own modules in a bundle", () => {
  it('are taken only when something of them is used', async () => {
    const { code } = await bundled(`
      import zlib, { gzipSync } from 'node:zlib';
      import { join } from 'path';
      export const path = join('a', 'b');
      export const later = () => [typeof gzipSync, typeof zlib.gzipSync];
    `);
    const { exported, taken } = run(code);
    expect(exported['path']).toBe('a/b');
    expect(taken).toEqual(['path']);
    expect((exported['later'] as () => string[])()).toEqual(['function', 'function']);
  });

  it('are whole where they are functions themselves', async () => {
    const { code } = await bundled(
      `import Emitter from 'node:events'; export const made = new Emitter().listenerCount('x');`,
    );
    expect(run(code).exported['made']).toBe(0);
  });
});

describe('zod in a bundle', () => {
  it('checks as ever, without its JSON Schema writer', async () => {
    const { code, inputs } = await bundled(
      `import * as z from 'zod'; export const ok = z.strictObject({ a: z.int() }).safeParse({ a: 1 }).success;`,
    );
    expect(run(code).exported['ok']).toBe(true);
    expect(inputs.filter((input) => /core\/(to-json-schema|json-schema-processors)/.test(input))).toEqual([]);
  });
});

describe('the AWS clients in a bundle', () => {
  it('look for credentials and settings nowhere but in the environment', async () => {
    const { inputs } = await bundled(`export { DynamoDBClient } from '@aws-sdk/client-dynamodb';`);
    expect(
      inputs.filter((input) =>
        /credential-provider-|loadSharedConfigFiles|endpoint-cache\/|eventstream/.test(input),
      ),
    ).toEqual([]);
    expect(inputs.filter((input) => input.includes('infra/build/stand-ins/'))).toHaveLength(4);
  });

  it('sign with what Lambda gives', () => {
    const given = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };
    expect(credentialsIn(given)).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'session',
    });
    expect(() => credentialsIn({})).toThrow('AWS_ACCESS_KEY_ID');
  });
});
