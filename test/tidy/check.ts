import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from './source-files.ts';

/**
 * Two rows at once, one for each core: lint takes as long as all the others. Cheap ones first; the tests come last, so that what
 * npm prints ends with their result.
 */
const rows = [['lint'], ['format:check', 'typecheck', 'boundaries', 'unused', 'synth', 'size']];

/** Of vitest's JSON report. */
interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

/** Runs every check, also after one has failed, so that one run tells all there is to repair. */
const failed = (await Promise.all(rows.map(failedIn))).flat();
const { status, counts } = runTests();
if (failed.length > 0) console.error(`\nFailed beside the tests: ${failed.join(', ')}.`);
const broken =
  counts === undefined ? 1 : Math.max(counts.numFailedTests, counts.numFailedTestSuites > 0 ? 1 : 0);
console.log(`\n${counts?.numPassedTests ?? 0} passed, ${broken} failed`);
process.exitCode = failed.length === 0 && status === 0 && broken === 0 ? 0 : 1;

async function failedIn(row: readonly string[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const check of row) if (!(await passes(check))) failures.push(check);
  return failures;
}

async function passes(check: string): Promise<boolean> {
  const startedAt = performance.now();
  const run = spawn('npm', ['run', '--silent', check], { cwd: root });
  const [output, errors] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  const passed = run.exitCode === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${check} (${seconds} s)`);
  if (!passed) console.error(`${output}${errors}`);
  return passed;
}

/** vitest's own output goes straight through; the counts come from its report, not from reading that output. */
function runTests(): { readonly status: number | null; readonly counts: Counts | undefined } {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-tests-'));
  const report = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync('npm', ['run', '--silent', 'vitest', '--', 'run', ...reporters], {
    cwd: root,
    stdio: 'inherit',
  });
  const counts = readCounts(report);
  rmSync(folder, { recursive: true });
  return { status, counts };
}

function readCounts(report: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}
