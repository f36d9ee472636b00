#!/usr/bin/env node
// Runs before `npm start` and `npm test`: a fresh clone, or one whose lock file has moved on, is installed first. It has a
// script of its own, so that the next script is looked for anew and finds the project's Node 24 in node_modules. Plain
// JavaScript without packages, for the Node (20 or newer) that npm itself runs on.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What stands against using node_modules as it is, in words for the person who waits; undefined when nothing does. */
export function reasonToInstall(folder) {
  const wanted = packagesIn(path.join(folder, 'package-lock.json'));
  const installed = packagesIn(path.join(folder, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'its packages are not installed yet';
  for (const [place, { version, optional, devOptional, link }] of Object.entries(wanted ?? {})) {
    if (place === '' || optional || devOptional || link) continue;
    if (installed[place]?.version !== version)
      return `${place} is not the version that package-lock.json names`;
  }
  return existsSync(path.join(folder, 'node_modules/node/bin')) ? undefined : 'its own Node is missing';
}

/** npm writes the same list beside the installed packages; comparing both takes milliseconds, and no clock is trusted. */
function packagesIn(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install(reason) {
  process.stderr.write(`dunwell: ${reason}; running npm ci (a minute or two)\n`);
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { status } = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // Standard output belongs to the command that was asked for (`npm start -- --json`).
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && npm === undefined,
  });
  if (status !== 0) process.stderr.write('dunwell: npm ci failed; what it said stands above\n');
  return status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reason = reasonToInstall(root);
  if (reason !== undefined) process.exitCode = install(reason);
}
