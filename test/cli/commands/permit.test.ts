import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { permitCommand } from '#cli/commands/permit.ts';
import { PermitDecisionSchema, PermitErrorSchema } from '#shared/contracts/permission.ts';

type Golden = {
  readonly id: string;
  readonly note: string;
  readonly request: object;
  readonly expect: {
    readonly allowed: boolean;
    readonly nextAt: string | null;
    readonly reasonKinds?: string[];
  };
};

const golden = readFileSync(new URL('../../golden/permit-visible.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

async function permit(input: string | Iterable<string>, packsDir?: string) {
  let output = '';
  let errors = '';
  const collect = (add: (text: string) => void) =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        add(chunk.toString());
        done();
      },
    });
  const status = await permitCommand(packsDir === undefined ? {} : { packsDir }, {
    input: Readable.from(typeof input === 'string' ? [input] : input),
    output: collect((text) => (output += text)),
    errors: collect((text) => (errors += text)),
  });
  return { status, lines: output.split('\n').slice(0, -1), errors };
}

const idOf = (text: string | undefined) => (JSON.parse(text ?? '') as { id: unknown }).id;

const plain = { id: 'a', at: '2026-03-10T12:00:00Z', channel: 'call', debtor: { id: 'P1', zones: [{ zone: 'Asia/Shanghai', evidence: 'address' }] } }; // prettier-ignore
const line = (change: object) => `${JSON.stringify({ ...plain, ...change })}\n`;

describe('golden cases', () => {
  test.each(golden)('$id: $note', async ({ id, request, expect: expected }) => {
    const { lines, status } = await permit(`${JSON.stringify({ id, ...request })}\n`);
    const decision = PermitDecisionSchema.parse(JSON.parse(lines[0]!));
    const kinds = [...new Set(decision.reasons.map(({ kind }) => kind))].sort();
    expect(status).toBe(0);
    expect(decision).toMatchObject({ id, allowed: expected.allowed, nextAt: expected.nextAt });
    expect(kinds).toEqual(expected.reasonKinds?.sort() ?? kinds);
  });
});

describe('what is no request gives an error line, in its place', () => {
  test.each([
    ['not JSON', 'nonsense\n', 'is not JSON'],
    ['an empty line', '\n', 'is not JSON'],
    ['a list', '[]\n', 'give fields of its own'],
    ['no instant', line({ at: undefined }), 'at is missing'],
    ['an instant without offset', line({ at: '2026-03-10T12:00:00' }), 'with its offset or Z'],
    ['a date that does not exist', line({ at: '2026-02-30T12:00:00Z' }), 'at is no instant'],
    ['an unknown channel', line({ channel: 'telegram' }), 'channel is "telegram"; use one of call'],
    ['a misspelt field', line({ hold: [] }), 'hold is not a known field'],
    ['no debtor', line({ debtor: undefined }), 'debtor is missing'],
    ['an invalid zone', line({ debtor: { id: 'P', zones: [{ zone: 'Mars/Base', evidence: 'stated' }] } }), '"Mars/Base" is no IANA time zone'],
    ['an offset as zone', line({ debtor: { id: 'P', zones: [{ zone: '+08:00', evidence: 'stated' }] } }), 'no IANA time zone'],
    ['an unknown pack', line({ packs: ['cn-cba-2026', 'xx'] }), 'there is no rule pack "xx"'],
    ['an empty list of packs', line({ packs: [] }), 'packs is []'],
    ['a window of nothing', line({ debtor: { id: 'P', personalWindows: [{ allow: { daily: ['09:00-09:00'] } }] } }), 'two different times'],
  ])('%s', async (_name, bad, message) => {
    const { lines, status } = await permit([line({ id: 'before' }), bad, line({ id: 'after' })]);
    expect(status).toBe(2);
    expect(lines).toHaveLength(3);
    expect([idOf(lines[0]), idOf(lines[2])]).toEqual(['before', 'after']);
    expect(PermitErrorSchema.parse(JSON.parse(lines[1]!)).error).toContain(message);
  }); // prettier-ignore

  test('its id is echoed when it has one', async () => {
    const { lines } = await permit(line({ id: 'mine', channel: 'fax' }) + line({ id: 7 }));
    expect(lines.map((text) => (JSON.parse(text) as { id: unknown }).id)).toEqual(['mine', null]);
  });
});

test('a field that is null counts as absent', async () => {
  const { lines, status } = await permit(line({ history: null, destination: null, holds: [{ kind: 'promise', from: '2026-03-01', until: null }] })); // prettier-ignore
  expect(status).toBe(0);
  expect(JSON.parse(lines[0]!)).toMatchObject({ allowed: false, nextAt: null });
});

test('a line may arrive in pieces, end in CR LF, and the last one needs no end', async () => {
  const text = line({ id: '界' }).replace('\n', '\r\n') + line({ id: 'last' }).trimEnd();
  const { lines, status } = await permit(text.match(/.{1,7}/gsu)!);
  expect(status).toBe(0);
  expect(lines.map((answer) => (JSON.parse(answer) as { id: string }).id)).toEqual(['界', 'last']);
});

test('the same input gives the same bytes', async () => {
  const input = golden.map(({ id, request }) => JSON.stringify({ id, ...request })).join('\n');
  expect((await permit(input)).lines).toEqual((await permit(input)).lines);
});

test('the facts hash does not depend on how the same facts are written', async () => {
  const { lines } = await permit(line({}) + line({ id: 'b', at: '2026-03-10T20:00:00.000+08:00', purpose: 'collection', party: 'first_party', history: [] }) + line({ channel: 'sms' })); // prettier-ignore
  const [one, other, different] = lines.map((text) => PermitDecisionSchema.parse(JSON.parse(text)).facts);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(other).toBe(one);
  expect(different).not.toBe(one);
});

describe('packs of another folder', () => {
  const folder = (files: Record<string, string>) => {
    const dir = mkdtempSync(join(tmpdir(), 'packs-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    return dir;
  };
  const pack = 'pack: p1\nversion: 1\nrules:\n  - {id: w, kind: window, allow: {daily: ["01:00-02:00"]}}\n';

  test('judge instead of those of the project, and holidays of any year are known', async () => {
    const calendar = 'calendar: {country: US}\n';
    const dir = folder({ 'p1.yaml': `${calendar}${pack.replace('daily:', 'holiday: [], daily:')}` });
    const ny = {
      debtor: { id: 'P', zones: [{ zone: 'America/New_York', evidence: 'address' }] },
      packs: ['p1'],
    };
    const { lines } = await permit(line({ ...ny, at: '2035-07-04T05:30:00Z' }) + line({ ...ny, at: '2022-07-05T05:30:00Z' }), dir); // prettier-ignore
    expect(lines.map((text) => (JSON.parse(text) as { nextAt: string }).nextAt)).toEqual(['2035-07-05T05:00:00Z', '2022-07-05T05:30:00Z']); // prettier-ignore
  });

  test('without base-strict there is nothing to fall back on', async () => {
    const { lines, status } = await permit(line({}), folder({ 'p1.yaml': pack }));
    expect(status).toBe(2);
    expect(lines[0]).toContain('no pack \\"base-strict\\" to fall back on');
  });

  test('may repeat themselves by aliases', async () => {
    const aliased =
      'pack: p1\nversion: 1\nrules:\n  - {id: a, kind: window, allow: {daily: &x ["01:00-02:00"], sun: *x}}\n';
    expect((await permit(line({ packs: ['p1'] }), folder({ 'p1.yaml': aliased }))).status).toBe(0);
  });

  test.each([
    ['a misspelt field', pack.replace('kind: window', 'kind: window, chanels: [sms]'), 'p1.yaml:4: rules[0].chanels is not a known field'],
    ['an unknown kind', pack.replace('kind: window', 'kind: curfew'), 'p1.yaml:4: rules[0].kind is "curfew"; use one of window, cap'],
    ['a wrong window', pack.replace('01:00-02:00', '9-17'), 'p1.yaml:4: rules[0].allow.daily[0] is no window'],
    ['a fraction as version', pack.replace('version: 1', 'version: 1.5'), 'p1.yaml:2: version'],
    ['broken YAML', 'pack: [', 'p1.yaml:1: is not valid YAML'],
    ['a zone that does not exist', `tz: {mode: fixed, zone: Mars/Base}\n${pack}`, 'p1.yaml:1: tz.zone is "Mars/Base"'],
    ['holidays of a place that is not known', `calendar: {country: US, state: XX}\n${pack}`, 'p1.yaml:1: calendar is of US-XX'],
    ['a rule id twice', pack + pack.split('\n')[3]!, 'p1.yaml:5: rules[1].id is "w" a second time'],
  ])('%s stops the command before it judges, with file, line, field and fix', async (_name, text, message) => {
    const { lines, status, errors } = await permit(line({}), folder({ 'p1.yaml': text }));
    expect({ status, lines }).toEqual({ status: 2, lines: [] });
    expect(errors).toContain(message);
  }); // prettier-ignore
});
