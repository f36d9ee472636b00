import { describe, expect, it } from 'vitest';
import { compileReplies } from '#shared/core/replies/compile-replies.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { repliesWhenRead } from '#shared/core/replies/replies-when-read.ts';
import { replyRequest } from '#test/builders/replies.ts';
import { replies } from '#test/builders/rules.ts';

const [table] = replies.tables;
const malformed = {
  ...replies,
  tables: [{ ...table!, phrases: { cease: { sure: ['leave ..99 alone'] } } }],
};

describe('repliesWhenRead', () => {
  it('reads as the tables that are compiled at once', () => {
    expect(repliesWhenRead(replies)).toEqual(compileReplies(replies));
    expect(readReply(replyRequest('Stop!'), repliesWhenRead(replies)).intents).toMatchObject([
      { kind: 'opt_out', channel: 'sms' },
    ]);
  });

  it('compiles nothing until a word is asked for, even where the rules are copied', () => {
    const rules = { ...{ replies: repliesWhenRead(malformed) } };
    expect(rules.replies.settings.proposalHours).toBe(72);
    expect(() => rules.replies.keywords).toThrow('a gap of 99 words');
  });

  it('compiles once', () => {
    const rules = repliesWhenRead(replies);
    expect(rules.keywords).toBe(rules.keywords);
  });
});
