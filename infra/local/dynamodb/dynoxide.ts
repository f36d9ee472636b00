import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
/** A run of some thousand people over weeks stays well below this, in bytes. */
const scratchBytesMin = 2 * 1024 ** 3;
const projectRoot = path.resolve(import.meta.dirname, '../../..');

/**
 * Starts the DynamoDB emulator on a data file, or on one in a temporary folder that goes when the emulator ends.
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
  const scratch = dataFile === undefined ? mkdtempSync(path.join(scratchRoot(), 'dunwell-dynamodb-')) : '';
  const file = dataFile ?? path.join(scratch, 'dynamodb.db');
  const child = spawnTied(binary, ['serve', '--port', String(port), '--db-path', file], scratch);
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
  indexStreams(file);
  return { endpoint, stop };
}

/** Linux's folder in memory, where a write costs no disk, unless it is as small as containers have it by default. */
function scratchRoot(): string {
  const inMemory = '/dev/shm';
  if (!existsSync(inMemory)) return tmpdir();
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize >= scratchBytesMin ? inMemory : tmpdir();
}

/**
 * The emulator numbers each stream record by looking for the highest number so far and finds records to read by their
 * number, both by reading all records of the table: after 20,000 writes one took 27 ms. With this index it takes as long
 * as the first. It is made before anybody else knows the address, and stays in a kept file.
 */
function indexStreams(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    'CREATE INDEX IF NOT EXISTS dunwell_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
  database.close();
}

/**
 * A child that ends when this process ends, even by SIGKILL: the shell in between waits for its standard input to
 * close. An orphan would keep the data file locked for the next start. The shell also removes the scratch folder, if any.
 */
function spawnTied(binary: string, parameters: readonly string[], scratch: string): ChildProcess {
  const untilClosed =
    '"$0" "$@" </dev/null & child=$!; cat >/dev/null; kill -9 "$child" 2>/dev/null; wait "$child"';
  const script = `${untilClosed}; [ -z "$SCRATCH" ] || rm -rf "$SCRATCH"`;
  const env = { ...process.env, SCRATCH: scratch };
  return spawn('/bin/sh', ['-c', script, binary, ...parameters], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env,
    // A process group of its own, or Ctrl-C would end it before the run has stopped.
    detached: true,
  });
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
