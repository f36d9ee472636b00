import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assetFiles, assetsDir } from '../build-paths.ts';
import type { FirstCall } from './first-calls.ts';

const runner = fileURLToPath(new URL('run-first-call.mjs', import.meta.url));

/**
 * Starts a function as Lambda does and makes its first call. Nothing but what a Lambda has reaches it.
 * @throws Error with the function's output when the call did not end as it should.
 */
export function callFirst(
  bundle: string,
  { environment, event, counted }: FirstCall,
  options: CallOptions,
): Promise<void> {
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'build',
    AWS_SECRET_ACCESS_KEY: 'build',
    AWS_ENDPOINT_URL: options.endpoint,
    ...environment,
  };
  const keep = options.keepCompiledAs === undefined ? [] : [options.keepCompiledAs];
  // By standard input: an argument cannot be longer than 128 KiB, which a configuration is.
  const child = spawn(process.execPath, [runner, bundle, '-', ...keep], { env });
  child.stdin.end(JSON.stringify(event));
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && output.includes(counted)) resolve();
      else reject(new Error(`${bundle}: its first call went wrong.\n${output}`));
    });
  });
}

export interface CallOptions {
  /** Where all AWS clients of the function are sent. */
  readonly endpoint: string;
  /** File to write what V8 compiled until the end of the call. */
  readonly keepCompiledAs?: string;
}

/** Makes a function's first call and keeps what V8 compiled for it, so that a cold start need not compile it again. */
export function keepCompiled(name: string, call: FirstCall, endpoint: string): Promise<void> {
  const folder = join(assetsDir, name);
  return callFirst(join(folder, assetFiles.entry), call, {
    endpoint,
    keepCompiledAs: join(folder, assetFiles.compiled),
  });
}
