import { describe, expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { readBundle } from '#shared/core/bundle/read-bundle.ts';
import { contentHash } from '#shared/core/identity/content-hash.ts';
import { bundle } from '#test/builders/rules.ts';

/** The text of a bundle whose version is the hash of its content. */
function textOf(changes: Partial<ConfigBundle> = {}): string {
  const { version: _, ...content } = bundle(changes);
  return JSON.stringify({ version: contentHash(content), ...content });
}

function problemsOf(text: string): readonly { field: string; problem: string; fix: string }[] {
  const reading = readBundle(text);
  return reading.kind === 'wrong' ? reading.problems : [];
}

describe('readBundle', () => {
  it('takes the shipped configuration as it is published', async () => {
    const read = await readConfig(new URL('../../../../config', import.meta.url).pathname);
    if (!read.ok) throw new Error('the shipped configuration has errors');
    expect(readBundle(JSON.stringify(read.bundle))).toMatchObject({ kind: 'right', bundle: read.bundle });
  });

  it.each([
    ['no JSON', '{"version":', 'bundle', /expected object/],
    [
      'a part that is missing',
      JSON.stringify({ ...bundle(), limits: undefined }),
      'limits',
      /expected object/,
    ],
    ['a part that nobody knows', JSON.stringify({ ...bundle(), extra: 1 }), 'bundle', /extra/],
    [
      'a version that is not the hash of the content',
      JSON.stringify(bundle()),
      'version',
      /changed after it was made/,
    ],
    ['more bytes than AppConfig keeps', ' '.repeat(1_000_001), 'bundle', /more than 1000000/],
  ])('refuses %s, with field, problem and fix', (_, text, field, problem) => {
    const [first] = problemsOf(text);
    expect(first).toMatchObject({ field, problem: expect.stringMatching(problem) as string });
    expect(first?.fix.length).toBeGreaterThan(10);
  });

  it('refuses a text that cannot be rendered', () => {
    const [sms, ...others] = bundle().templates;
    const broken = textOf({
      templates: [{ ...sms!, body: '{{ unknownWord }}' } as typeof sms & object, ...others],
    });
    expect(problemsOf(broken)).toMatchObject([
      {
        field: 'templates en/notice body, line 1',
        problem: expect.stringContaining('unknownWord') as string,
      },
    ]);
  });

  it('refuses a phrase of replies that the reader could not use', () => {
    const [table] = bundle().replies.tables;
    const tables = [{ ...table!, phrases: { cease: { sure: ['leave ..99 alone'] } } }];
    expect(problemsOf(textOf({ replies: { ...bundle().replies, tables } }))).toMatchObject([
      { field: 'bundle', problem: expect.stringContaining('a gap of 99 words') as string },
    ]);
  });

  it('refuses packs that contradict one another', () => {
    const [pack] = bundle().policies;
    expect(problemsOf(textOf({ policies: [pack!, pack!] }))).toMatchObject([
      { field: 'bundle', problem: expect.stringContaining('two packs are called') as string },
    ]);
  });
});
