#!/usr/bin/env node
// The door of the command: plain JavaScript that every Node since 20 can read. The program itself is TypeScript, which
// Node runs from 24 on; an older Node hands over to the project's own, which `npm ci` puts into node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const majorNeeded = 24;
const signalExitBase = 128;
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const program = path.join(root, 'cli/dunwell.ts');
const ownNode = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!existsSync(path.join(root, 'node_modules/commander'))) {
  process.stderr.write(`dunwell: its packages are not installed. Run "npm ci" in ${root} and try again.\n`);
  process.exitCode = 1;
} else if (Number.parseInt(process.versions.node, 10) >= majorNeeded) {
  await import(program);
} else if (existsSync(ownNode)) {
  handOver();
} else {
  process.stderr.write(
    `dunwell: needs Node ${majorNeeded}, and this is ${process.version}. Run "npm ci" in ${root}, which installs it there.\n`,
  );
  process.exitCode = 1;
}

function handOver() {
  const child = spawn(ownNode, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? signalExitBase + (signal === null ? 0 : constants.signals[signal]);
  });
}
