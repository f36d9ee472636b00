#!/usr/bin/env node
// The door of the command: plain JavaScript that every Node since 20 can read. The program itself is TypeScript, which
// Node runs from 24 on; an older Node hands over to the project's own, which `npm ci` puts into node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const majorNeeded = 24;
const signalExitBase = 128;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = path.join(root, 'cli/dunwell.ts');
const ownNode = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
// An import reads millions of rows that are garbage soon after: a small nursery keeps the process under 300 MB, and Node
// takes this setting only at its start.
const flags = process.argv[2] === 'import' ? ['--max-semi-space-size=8'] : [];
const isNewEnough = Number.parseInt(process.versions.node, 10) >= majorNeeded;

if (!existsSync(path.join(root, 'node_modules/commander'))) {
  fail(`its packages are not installed. Run "npm ci" in ${root} and try again.`);
} else if (isNewEnough && flags.length === 0) {
  await import(pathToFileURL(program).href);
} else if (isNewEnough) {
  runWith(process.execPath);
} else if (existsSync(ownNode)) {
  runWith(ownNode);
} else {
  fail(
    `needs Node ${majorNeeded}, and this is ${process.version}. Run "npm ci" in ${root}, which installs it there.`,
  );
}

function runWith(node) {
  const args = [...flags, program, ...process.argv.slice(2)];
  // Where the system can, the new program takes the place of this one: no second process waits beside it.
  if (typeof process.execve === 'function' && process.platform !== 'win32')
    process.execve(node, [node, ...args]);
  const child = spawn(node, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? signalExitBase + (signal === null ? 0 : constants.signals[signal]);
  });
}

function fail(sentence) {
  process.stderr.write(`dunwell: ${sentence}\n`);
  process.exitCode = 1;
}
