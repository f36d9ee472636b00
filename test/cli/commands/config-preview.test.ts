import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { configPreviewCommand, type PreviewArgs } from '#cli/commands/config-preview.ts';
import { requiredColumns } from '#shared/contracts/portfolio-row.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { writeConfig, type Change } from '#test/cli/config/small-config.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'dunwell-preview-'));
});
afterEach(() => rm(scratch, { recursive: true }));

const columns = [...requiredColumns, 'timeZone', 'phone', 'email', 'creditor', 'consents'];

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function writeRows(...rows: Record<string, unknown>[]): Promise<void> {
  const lines = rows.map((changes) => {
    const row = portfolioObject({
      country: 'US',
      region: 'NY',
      currency: 'USD',
      postalCode: '10012',
      ...changes,
    });
    return columns.map((column) => textOf(row[column])).join(',');
  });
  await writeFile(join(scratch, 'portfolio.csv'), `${[columns.join(','), ...lines].join('\n')}\n`);
}

const home = { timeZone: 'America/New_York', creditor: 'bank' };
const phone = { ...home, phone: '+12125550101' };
const both = { ...phone, email: 'someone@example.com' };

/** The house pack binds people in the United States, and the steps are one text and one call. */
const us: Change = {
  'policies/house.yaml': ['version: 2026.11.0', 'version: 2026.11.0\nattach: { country: US, by: residence }'],
};

async function run(args: Partial<PreviewArgs> = {}) {
  const output = new PassThrough();
  const errors = new PassThrough() as unknown as NodeJS.WriteStream;
  const status = await configPreviewCommand(
    {
      portfolio: join(scratch, 'portfolio.csv'),
      config: join(scratch, 'config'),
      from: '2026-03-02',
      days: 7,
      assume: 'delivered',
      json: false,
      ...args,
    },
    { output, errors },
  );
  output.end();
  const told = (await text(output)).replaceAll(`${scratch}/`, '').replace(/[0-9a-f]{32}/gu, 'HASH');
  return { status, told };
}

async function refusal(args: Partial<PreviewArgs>): Promise<string> {
  const error: unknown = await run(args).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
  return `${error.status} ${error.problem}: ${error.reasons.join('; ').replaceAll(`${scratch}/`, '')}`;
}

describe('dunwell config preview', () => {
  beforeEach(async () => {
    await writeConfig(join(scratch, 'config'), us);
    await writeRows(
      { accountId: 'A1', debtorId: 'P1', ...both },
      { accountId: 'A2', debtorId: 'P2', ...phone },
      { accountId: 'A3', debtorId: 'P3', ...home },
      { accountId: 'A4', debtorId: 'P2', ...phone, dueDate: '2026-02-20' },
      { accountId: 'A5', debtorId: 'P4', ...both, pastDue: '0.00', dueDate: '2026-03-20' },
      { accountId: 'A6', debtorId: 'P5', ...both, dueDate: '2026-02-30' },
      { accountId: 'A7', debtorId: 'P6', ...both, consents: 'sms:optout;email:optout;call:optout' },
    );
  });

  it('tells who would be contacted, when, by what, who is left out and why', async () => {
    expect(await run()).toEqual({
      status: 0,
      told: `portfolio.csv: 5 people with 6 accounts, 2026-03-02 to 2026-03-08
  configuration  config  version HASH
  Messages are taken to be delivered, calls not to be answered; payments and replies are not foreseen. Nothing was sent or stored.
  Earlier contacts are not known: a step that fell due before counts as not made yet. Times are those of each person.
  1 of 7 rows would be refused; \`dunwell import FILE --dry-run\` tells why.

Contacts by channel and template
  call   note  3
  sms    note  2
  sms    all   2
  email  all   0
  call   all   3
  all          5

Contacts by day, 2026-03-02 to 2026-03-08
              03-02  03-03  03-04  03-05  03-06  03-07  03-08
  call  note      1      ·      2      ·      ·      ·      ·
  sms   note      1      1      ·      ·      ·      ·      ·
  all             2      1      2      ·      ·      ·      ·

Contacts by strategy, stage and step
  plain@2026.11.0  early  first   sms   2
  plain@2026.11.0  early  second  call  3

Accounts handed over, by queue
  human  not_permitted  1  builtin/optout 1
  human  steps_used_up  1
  human  unreachable    1  no_destination/call 1, no_destination/email 1, no_destination/sms 1

People not contacted at all
  all                             3
  handed over before any contact  2  builtin/optout 1, no_destination/call 1, no_destination/email 1, no_destination/sms 1
  nothing is owed or left to do   1

Busiest hour of each channel
  call  2026-03-04T20:00:00Z  2  of 3,600 that the pace allows
  sms   2026-03-02T20:00:00Z  1  of 3,600 that the pace allows
`,
    });
  });

  it('shows two configurations side by side, and the accounts whose plan differs', async () => {
    await writeConfig(join(scratch, 'next'), {
      ...us,
      'strategies/plain.yaml': [
        'daysPastDue: 3\n        channel: call',
        'daysPastDue: 4\n        channel: sms',
      ],
    });
    const { told } = await run({ config: join(scratch, 'next'), against: join(scratch, 'config') });
    expect(told).toBe(`portfolio.csv: 5 people with 6 accounts, 2026-03-02 to 2026-03-08
  old  config  version HASH
  new  next    version HASH
  Messages are taken to be delivered, calls not to be answered; payments and replies are not foreseen. Nothing was sent or stored.
  Earlier contacts are not known: a step that fell due before counts as not made yet. Times are those of each person.
  Two numbers are old→new; one number is the same under both.
  1 of 7 rows would be refused; \`dunwell import FILE --dry-run\` tells why.

Contacts by channel and template
  call   note  3→0
  sms    note  2→5
  sms    all   2→5
  email  all     0
  call   all   3→0
  all            5

Contacts by day, 2026-03-02 to 2026-03-08
              03-02  03-03  03-04  03-05  03-06  03-07  03-08
  call  note    1→0      ·    2→0      ·      ·      ·      ·
  sms   note    1→2      1      ·    0→2      ·      ·      ·
  all             2      1    2→0    0→2      ·      ·      ·

Contacts by strategy, stage and step
  plain  early  first   sms     2
  plain  early  second  call  3→0
  plain  early  second  sms   0→3

Accounts handed over, by queue
  human  not_permitted  1  builtin/optout 1
  human  steps_used_up  1
  human  unreachable    1  no_destination/email 1, no_destination/sms 1

People not contacted at all
  all                             3
  handed over before any contact  2  builtin/optout 1, no_destination/email 1, no_destination/sms 1
  nothing is owed or left to do   1

Busiest hour of each channel
  call  old  2026-03-04T20:00:00Z  2  of 3,600 that the pace allows
  sms   old  2026-03-02T20:00:00Z  1  of 3,600 that the pace allows
  sms   new  2026-03-02T20:00:00Z  2  of 3,600 that the pace allows

Accounts whose plan differs: 3 of 6
  other channel  3 accounts  3 times
  other time     2 accounts  2 times

These are
  A1  other channel, other time  2026-03-04 15:32 call note (second) → 2026-03-05 15:32 sms note (second)
  A2  other channel, other time  2026-03-04 15:26 call note (second) → 2026-03-05 15:26 sms note (second)
  A4  other channel              2026-03-02 15:26 call note (second) → 2026-03-02 15:26 sms note (second)
`);
  });

  it('adds what the contacts cost where the configuration names prices', async () => {
    const prices = `currency: USD
sms: { perSegmentMicros: 80000, byCountryMicros: { US: 8300 } }
email: { perMessageMicros: 100 }
call: { perStartedMinuteMicros: 150000, byCountryMicros: { US: 14000 } }
`;
    await writeConfig(join(scratch, 'next'), { ...us, 'prices.yaml': prices });
    const { told } = await run({ config: join(scratch, 'next'), assume: 'answered' });
    expect(told.slice(told.indexOf('Cost'))).toBe(`Cost by the prices of the configuration
  sms    USD 0.02
  email  USD 0.00
  call   USD 0.04
  all    USD 0.06
`);
    const compared = (await run({ config: join(scratch, 'next'), against: join(scratch, 'config') })).told;
    expect(compared).toContain('  sms    unknown→USD 0.02\n');
  });

  it('gives the same bytes again, and the same figures as one line of JSON', async () => {
    const args = { against: join(scratch, 'config'), json: true };
    const first = await run(args);
    expect(await run(args)).toEqual(first);
    const told = JSON.parse(first.told) as Record<string, unknown>;
    expect(told).toMatchObject({
      portfolio: { file: 'portfolio.csv', rows: 7, rejected: 1, people: 5, accounts: 6 },
      from: '2026-03-02',
      days: 7,
      assume: 'delivered',
      config: { name: 'config', version: 'HASH', people: 5, contacts: 5 },
      changes: { accounts: 0, byKind: [], examples: [] },
      csv: null,
    });
    expect(told['against']).toEqual(told['config']);
  });

  it('writes every event into a file, by ids only', async () => {
    const csv = join(scratch, 'plan.csv');
    await run({ csv });
    expect(await readFile(csv, 'utf8')).toBe(`debtorId,accountId,at,what,channel,template,strategy,stage
P1,A1,2026-03-02T20:32:15Z,first,sms,note,plain@2026.11.0,early
P1,A1,2026-03-04T20:32:15Z,second,call,note,plain@2026.11.0,early
P3,A3,2026-03-02T05:00:00Z,unreachable/human,,,,
P2,A4,2026-03-02T20:26:28Z,second,call,note,plain@2026.11.0,early
P2,A4,2026-03-02T20:26:28Z,steps_used_up/human,,,,
P2,A2,2026-03-03T20:26:28Z,first,sms,note,plain@2026.11.0,early
P2,A2,2026-03-04T20:26:28Z,second,call,note,plain@2026.11.0,early
P6,A7,2026-03-02T05:00:00Z,not_permitted/human,,,,
`);
  });

  it('writes every change into a file when two configurations are compared', async () => {
    await writeConfig(join(scratch, 'next'), {
      ...us,
      'strategies/plain.yaml': [
        'daysPastDue: 3\n        channel: call',
        'daysPastDue: 4\n        channel: sms',
      ],
    });
    const csv = join(scratch, 'changes.csv');
    await run({ csv, config: join(scratch, 'next'), against: join(scratch, 'config') });
    expect(await readFile(csv, 'utf8'))
      .toBe(`debtorId,accountId,change,oldAt,oldWhat,oldChannel,oldTemplate,newAt,newWhat,newChannel,newTemplate
P1,A1,other_channel;other_time,2026-03-04T20:32:15Z,second,call,note,2026-03-05T20:32:15Z,second,sms,note
P2,A2,other_channel;other_time,2026-03-04T20:26:28Z,second,call,note,2026-03-05T20:26:28Z,second,sms,note
P2,A4,other_channel,2026-03-02T20:26:28Z,second,call,note,2026-03-02T20:26:28Z,second,sms,note
`);
  });

  it.each<[string, () => Partial<PreviewArgs>, string]>([
    ['no days', () => ({ days: 0 }), '2 usage: --days is 0: name 1 to 92 days'],
    ['too many days', () => ({ days: 93 }), '2 usage: --days is 93: name 1 to 92 days'],
    [
      'a portfolio that is not there',
      () => ({ portfolio: join(scratch, 'none.csv') }),
      '2 no_file: none.csv: there is no such file; check the path',
    ],
    [
      'a file that is no portfolio',
      () => ({ portfolio: join(scratch, 'config/limits.yaml') }),
      '2 not_portfolio: config/limits.yaml: the first line has none of the columns of a portfolio: begin with a header row',
    ],
    [
      'a configuration with an error',
      () => {
        const limits = join(scratch, 'config/limits.yaml');
        writeFileSync(limits, readFileSync(limits, 'utf8').replace('gapMinutes: 60', 'gapMinutes: -1'));
        return {};
      },
      '2 config_refused: config/limits.yaml:6: gapMinutes is -1; use at least 0. Least minutes between two contacts to one person, whatever the account or channel.',
    ],
    [
      'a file that cannot be written',
      () => ({ csv: join(scratch, 'no/where.csv') }),
      "2 no_file: no/where.csv cannot be written (ENOENT: no such file or directory, open 'no/where.csv'): name a file in an existing folder",
    ],
  ])('refuses %s', async (_, args, expected) => {
    expect(await refusal({ csv: join(scratch, 'plan.csv'), ...args() })).toBe(expected);
    expect(existsSync(join(scratch, 'plan.csv'))).toBe(false);
  });
});
