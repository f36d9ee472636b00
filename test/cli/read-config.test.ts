import { describe, expect, it } from 'vitest';
import { ConfigBundleSchema } from '#shared/contracts/config-bundle.ts';
import { readChanged, smallConfig, type Change } from './config/small-config.ts';

describe('readConfig', () => {
  it('makes a bundle of a folder that is right', async () => {
    const { read } = await readChanged({});
    expect(read).toMatchObject({ ok: true });
    if (!read.ok) return;
    expect(ConfigBundleSchema.parse(read.bundle)).toEqual(read.bundle);
    const byStrategies = read.bundle.templates.filter(({ context }) => context === 'overdue');
    expect(byStrategies.map(({ channel, name, locale }) => `${locale}/${name}/${channel}`)).toEqual([
      'en/note/email',
      'en/note/sms',
      'en/note/call',
    ]);
  });

  it('gives the same version for the same content and another for another', async () => {
    const versionOf = async (change: Change): Promise<string> => {
      const { read } = await readChanged(change);
      return read.ok ? read.bundle.version : 'refused';
    };
    const version = await versionOf({});
    expect(version).toMatch(/^[0-9a-f]{32}$/u);
    expect(await versionOf({ 'limits.yaml': `# a comment\n${smallConfig['limits.yaml'] ?? ''}` })).toBe(
      version,
    );
    expect(await versionOf({ 'limits.yaml': ['attemptsMax: 3', 'attemptsMax: 2'] })).not.toBe(version);
  });

  it('takes prices along where the deployment tells them', async () => {
    expect((await readChanged({})).read).not.toHaveProperty('bundle.prices');
    const prices =
      'currency: USD\nsms: { perSegmentMicros: 8300 }\nemail: { perMessageMicros: 100 }\ncall: { perStartedMinuteMicros: 14000 }\n';
    const { read } = await readChanged({ 'prices.yaml': prices });
    expect(read.ok && read.bundle.prices?.sms).toEqual({ perSegmentMicros: 8_300, byCountryMicros: {} });
  });

  it('puts the narrowest strategy first', async () => {
    const narrow = (name: string, line: string) =>
      (smallConfig['strategies/plain.yaml'] ?? '').replace('strategy: plain', `strategy: ${name}\n${line}`);
    const { read } = await readChanged({
      'strategies/zebra.yaml': narrow('zebra', 'creditors: [bank]'),
      'strategies/apple.yaml': narrow('apple', 'products: [loan]'),
      'strategies/both.yaml': narrow('both', 'products: [loan]\ncreditors: [bank]'),
    });
    expect(read.ok && read.bundle.strategies.map(({ strategy }) => strategy)).toEqual([
      'both',
      'zebra',
      'apple',
      'plain',
    ]);
  });

  it('lists public holidays of the years around today for the countries that packs name', async () => {
    const { read } = await readChanged({
      'policies/house.yaml': ['rules:', 'calendar: { country: US }\nrules:'],
    });
    if (!read.ok) throw new Error('refused');
    const dates = read.bundle.holidays['US'] ?? [];
    expect([...new Set(dates.map((date) => date.slice(0, 4)))]).toEqual(['2025', '2026', '2027', '2028']);
    expect(dates).toContain('2026-12-25');
  });

  it('tells all errors of all files at once, by file and line', async () => {
    const { errors } = await readChanged({
      'limits.yaml': ['attemptsMax: 3', 'attemptsMax: three'],
      'creditors/bank.yaml': ['country: US', 'country: usa'],
      'strategies/plain.yaml': ['channel: call', 'channel: fax'],
    });
    expect(errors.map((text) => text.split(' ')[0])).toEqual([
      'creditors/bank.yaml:4:',
      'limits.yaml:9:',
      'strategies/plain.yaml:18:',
    ]);
  });
});
