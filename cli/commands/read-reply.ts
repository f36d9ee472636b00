import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ReplyRequestSchema, type ReplyError, type ReplyReading } from '#shared/contracts/replies.ts';
import { compileReplies, type CompiledReplies } from '#shared/core/replies/compile-replies.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { answerLines } from '../answer-lines.ts';
import { configErrorText } from '../config/config-error.ts';
import { readReplyParts, replyRulesOf } from '../config/read-replies.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { readRequestLine } from '../request-line.ts';

/** The configuration that the project ships. */
export const configDirDefault = resolve(import.meta.dirname, '../../config');

/**
 * `dunwell read-reply`: reads replies from the input, one JSON object a line, and writes one reading for each, in the same
 * order and in constant memory. A line that is no request gives an error line and does not stop the others; the exit
 * status is then 2, as it is when the words of the configuration cannot be used and nothing is read.
 */
export async function readReplyCommand(
  args: { readonly configDir?: string },
  io: { readonly input: Readable; readonly output: Writable; readonly errors?: Writable },
): Promise<ExitStatus> {
  const dir = args.configDir ?? configDirDefault;
  const parts = await readReplyParts(dir);
  const rules = replyRulesOf(parts);
  const errors = [...parts.replySettings.errors, ...parts.replyTables.errors];
  if (errors.length > 0 || rules === undefined) {
    for (const error of errors) (io.errors ?? process.stderr).write(`${configErrorText(error)}\n`);
    return exitStatus.refused;
  }
  const compiled = compileReplies(rules);
  return answerLines(io, (line) => readLine(line, compiled));
}

function readLine(line: string, rules: CompiledReplies): ReplyReading | ReplyError {
  const read = readRequestLine(line, ReplyRequestSchema);
  return read.ok ? readReply(read.request, rules) : { id: read.id, error: read.error };
}
