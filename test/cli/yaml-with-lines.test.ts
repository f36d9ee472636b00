import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readYaml } from '#cli/yaml-with-lines.ts';

const schema = z.strictObject({
  name: z.string(),
  list: z.array(z.strictObject({ id: z.int() })).optional(),
});

describe('readYaml', () => {
  it('gives the value and the line of each field', () => {
    const read = readYaml('# note\nname: a\nlist:\n  - id: 1\n  - id: 2\n', schema);
    if (!read.ok) throw new Error('refused');
    expect(read.value).toEqual({ name: 'a', list: [{ id: 1 }, { id: 2 }] });
    expect(read.lineOf(['name'])).toBe(2);
    expect(read.lineOf(['list', 1, 'id'])).toBe(5);
    expect(read.lineOf(['list', 1, 'missing'])).toBe(5);
    expect(read.lineOf([])).toBe(2);
  });

  it('counts lines from where the YAML stands in its file', () => {
    const read = readYaml('name: 1', schema, 10);
    expect(read).toMatchObject({ ok: false, problems: [{ line: 10, field: 'name' }] });
  });

  it('reads what YAML 1.2 says: `no` and `15:00` are texts', () => {
    expect(readYaml('name: no', schema)).toMatchObject({ ok: true, value: { name: 'no' } });
    expect(readYaml('name: 15:00', schema)).toMatchObject({ ok: true, value: { name: '15:00' } });
  });

  it('refuses anchors that would grow, before they grow', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']) {
      bomb.push(`${to ?? ''}: &${to ?? ''} [${Array.from({ length: 9 }, () => `*${from ?? ''}`).join(',')}]`);
    }
    const refused = readYaml(bomb.join('\n'), schema);
    expect(refused).toMatchObject({ ok: false });
    expect(readYaml(bomb.join('\n'), z.unknown(), 1, 'expanded')).toMatchObject({
      ok: false,
      problems: [{ fix: 'write values out instead of repeating aliases' }],
    });
  });

  it('refuses what is nested without end', () => {
    expect(readYaml('['.repeat(50_000), schema)).toMatchObject({ ok: false });
  });

  it('refuses a file of over a million characters', () => {
    expect(readYaml(`name: ${'x'.repeat(1_000_000)}`, schema)).toMatchObject({
      ok: false,
      problems: [{ line: 1, problem: 'is longer than 1000000 characters' }],
    });
  });

  it('does not take a key for a prototype', () => {
    expect(readYaml('__proto__: { admin: true }\nname: a', schema)).toMatchObject({
      ok: false,
      problems: [{ field: '__proto__', problem: 'is not a known field' }],
    });
  });

  it('calls an empty file by what it lacks', () => {
    expect(readYaml('', schema)).toMatchObject({ ok: false, problems: [{ line: 1, problem: 'is null' }] });
  });
});
