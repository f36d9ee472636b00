import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './source-files.ts';

/** Cheap ones first; the tests come last, so that what npm prints ends with their result. */
const checks = ['format:check', 'typecheck', 'lint', 'boundaries', 'unused', 'synth', 'size'];

/** Of vitest's JSON report. */
interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

/** Runs every check, also after one has failed, so that one run tells all there is to repair. */
const failed = checks.filter((check) => !passes(check));
const { status, counts } = runTests();
if (failed.length > 0) console.error(`\nFailed beside the tests: ${failed.join(', ')}.`);
const broken =
  counts === undefined ? 1 : Math.max(counts.numFailedTests, counts.numFailedTestSuites > 0 ? 1 : 0);
console.log(`\n${counts?.numPassedTests ?? 0} passed, ${broken} failed`);
process.exitCode = failed.length === 0 && status === 0 && broken === 0 ? 0 : 1;

function passes(check: string): boolean {
  const startedAt = performance.now();
  const run = spawnSync('npm', ['run', '--silent', check], { cwd: root, encoding: 'utf8' });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  const passed = run.status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${check} (${seconds} s)`);
  if (!passed) console.error(`${run.stdout}${run.stderr}`);
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
