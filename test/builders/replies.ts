import { configDirDefault } from '#cli/commands/read-reply.ts';
import { readReplyParts, replyRulesOf } from '#cli/config/read-replies.ts';
import type { ReplyRequest } from '#shared/contracts/replies.ts';
import type { ReplyRules } from '#shared/contracts/reply-words.ts';
import { compileReplies, type CompiledReplies } from '#shared/core/replies/compile-replies.ts';

/** The words that the project ships, compiled. */
export async function shippedReplyRules(): Promise<CompiledReplies> {
  return compileReplies(await shippedReplies());
}

/** The words that the project ships. */
export async function shippedReplies(): Promise<ReplyRules> {
  const parts = await readReplyParts(configDirDefault);
  const rules = replyRulesOf(parts);
  if (rules === undefined)
    throw new Error(JSON.stringify([parts.replySettings.errors, parts.replyTables.errors]));
  return rules;
}

/** A reply in New York on Wednesday, 11 March 2026, in the afternoon. */
export function replyRequest(text: string, change: Partial<ReplyRequest> = {}): ReplyRequest {
  return { id: 'r', text, locale: 'en-US', at: '2026-03-11T18:00:00Z', zone: 'America/New_York', channel: 'sms', currency: 'USD', balance: 1_000, minimumDue: 50, ...change }; // prettier-ignore
}
