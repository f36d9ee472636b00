import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { exchange } from '#infra/local/http/http-client.ts';

/** A DynamoDB that speaks the wire protocol at an address. */
export interface LocalDynamodb {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** The release that linux-x64 has in package.json; other platforms are installed in the same version. */
const dynoxideVersion = '1.2.1';
const startAttemptsMax = 3;
const startTimeoutMs = 5_000;
const probeEveryMs = 20;
const projectRoot = path.resolve(import.meta.dirname, '../../..');

/**
 * Starts the DynamoDB emulator, in memory or on a data file.
 * `DUNWELL_DYNAMODB_ENDPOINT` names another one (DynamoDB Local, say) which is then used as it is.
 */
export async function startDynamodb(dataFile: string | undefined): Promise<LocalDynamodb> {
  const given = process.env['DUNWELL_DYNAMODB_ENDPOINT'];
  if (given !== undefined && given !== '') return { endpoint: given, stop: () => Promise.resolve() };
  const binary = dynoxideBinary();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(binary, await freePort(), dataFile);
    } catch (error) {
      // Another process may have taken the port between finding it free and listening on it.
      if (attempt === startAttemptsMax) throw error;
    }
  }
}

async function startOn(binary: string, port: number, dataFile: string | undefined): Promise<LocalDynamodb> {
  const file = dataFile === undefined ? [] : ['--db-path', dataFile];
  const child = spawnTied(binary, ['serve', '--port', String(port), ...file]);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await ended;
  };
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const deadline = performance.now() + startTimeoutMs;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`The local DynamoDB (${binary}) did not start on port ${port}: ${output.trim()}`);
    }
    await pause(probeEveryMs);
  }
  return { endpoint, stop };
}

/**
 * A child that ends when this process ends, even by SIGKILL: the shell in between waits for its standard input to
 * close. An orphan would keep the data file locked for the next start.
 */
function spawnTied(binary: string, parameters: readonly string[]): ChildProcess {
  const script =
    '"$0" "$@" </dev/null & child=$!; cat >/dev/null; kill -9 "$child" 2>/dev/null; wait "$child"';
  return spawn('/bin/sh', ['-c', script, binary, ...parameters], { stdio: ['pipe', 'ignore', 'pipe'] });
}

function dynoxideBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const binary = path.join(projectRoot, 'node_modules/@dynoxide', platform, 'dynoxide');
  if (existsSync(binary)) return binary;
  const name = `@dynoxide/${platform}@${dynoxideVersion}`;
  try {
    execFileSync('npm', ['install', '--no-save', '--ignore-scripts', name], {
      cwd: projectRoot,
      stdio: 'pipe',
    });
  } catch (cause) {
    throw new Error(
      `${name} could not be installed. Start another DynamoDB (DynamoDB Local) and name it in DUNWELL_DYNAMODB_ENDPOINT.`,
      { cause },
    );
  }
  return binary;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await exchange({ method: 'GET', url: endpoint, headers: {} });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('No free port was found on 127.0.0.1.'));
      });
    });
  });
}
