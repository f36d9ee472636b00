import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templatesPreviewCommand, type PreviewArgs } from '#cli/commands/templates.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { runDunwell } from '../run-dunwell.ts';

const config = new URL('../../../config', import.meta.url).pathname;

async function preview(args: PreviewArgs): Promise<string> {
  let told = '';
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      told += chunk.toString();
      done();
    },
  });
  const now = () => toInstant(Date.parse('2026-11-21T12:00:00Z'));
  await templatesPreviewCommand({ config, ...args }, { output, now });
  return told;
}

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'dunwell-preview-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

describe('dunwell templates preview', () => {
  it('shows a shipped text to a person at a terminal', async () => {
    const { status, output } = await runDunwell([
      'templates',
      'preview',
      'receipt',
      '--locale',
      'en',
      '--channel',
      'sms',
    ]);
    expect(status).toBe(0);
    expect(output).toContain('en/receipt  sms  about payment, from demo-bank\n');
    expect(output).toContain('  when remainingAmount is empty\n');
    expect(output).toMatch(/2 segments GSM-7, \d+ characters, 0\.\d+ USD/u);
    expect(output).toContain('us-regf/optout-text met\n');
  });

  it('gives programs the same as one JSON object, for the creditor asked for', async () => {
    const args = { name: 'survey', locale: 'zh-CN', creditor: 'demo-bank-us', json: true };
    const { texts } = JSON.parse(await preview(args)) as { texts: { creditor: string; message: object }[] };
    expect(texts.map(({ creditor, message }) => [creditor, message])).toMatchObject([
      ['demo-bank-us', { channel: 'sms', encoding: 'UCS-2' }],
      ['demo-bank-us', { channel: 'email' }],
    ]);
  });

  it('writes all shipped texts into one page', async () => {
    const html = join(scratch, 'texts.html');
    expect(await preview({ html })).toBe(`wrote 216 texts to ${html}\n`);
    const page = await readFile(html, 'utf8');
    expect(page.match(/<article/gu)).toHaveLength(216);
    expect(page).not.toContain('no text in this language');
    expect(page).not.toContain('class="failed"');
  });

  it.each([
    [{ name: 'remind' }, /^there is no template "remind": use one of broken-promise, collection-notice, /u],
    [{ locale: 'fr' }, /^there is no language "fr": use one of en, es, zh-CN, zh-TW$/u],
    [{ creditor: 'bank' }, /^there is no creditor "bank": use one of demo-bank, /u],
    [{ name: 'survey', channel: 'call' }, /^no text is both of that name, language and channel$/u],
  ] as const)('refuses %j with what there is', async (choice, sentence) => {
    await expect(preview(choice)).rejects.toThrow(sentence);
  });

  it('tells what is wrong with a configuration that is refused', async () => {
    await expect(preview({ config: scratch })).rejects.toThrow('templates:1: is missing; add the folder');
  });
});
