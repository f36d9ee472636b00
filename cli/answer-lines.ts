import type { Readable, Writable } from 'node:stream';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { readLines } from './read-lines.ts';

/**
 * Answers each line of the input with one line of JSON, in the same order and in constant memory. An answer with a field
 * `error` does not stop the others; the exit status is then 2.
 */
export async function answerLines(
  io: { readonly input: Readable; readonly output: Writable },
  answer: (line: string) => object,
): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.done;
  for await (const lines of readLines(io.input)) {
    const answers = lines.map(answer);
    if (answers.some((each) => 'error' in each)) status = exitStatus.refused;
    const text = answers.map((each) => `${JSON.stringify(each)}\n`).join('');
    if (!io.output.write(text)) await drained(io.output);
  }
  return status;
}

function drained(output: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('drain', resolve);
    output.once('error', reject);
    output.once('close', resolve);
  });
}
