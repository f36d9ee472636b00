import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromTags, toTags } from '#functions/_adapters/ses/contact-tags.ts';
import { readSesEvent } from '#functions/_adapters/ses/read-ses-event.ts';
import { IdSchema } from '#shared/contracts/primitives.ts';
import { ReceiptSchema, type Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';

interface Sample {
  readonly name: string;
  readonly source: string;
  readonly event: { eventType: string; bounce?: { bounceType: string } };
  readonly receipt: Partial<Receipt> | null;
}

const samples = JSON.parse(
  readFileSync(new URL('../../../golden/ses-events.json', import.meta.url), 'utf8'),
) as Sample[];
const receivedAt = toInstant(Date.parse('2026-11-02T15:10:00Z'));
const contact = { contactId: 'c-1', debtorId: 'D.1:x' };

function read(event: unknown): { receipt: Receipt | undefined; unrecognised: string[] } {
  const unrecognised: string[] = [];
  const receipt = readSesEvent(JSON.stringify(event), receivedAt, ({ field, value }) =>
    unrecognised.push(`${field}=${value}`),
  );
  return { receipt, unrecognised };
}

describe('an event of SES', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'becomes a receipt: %s',
    (_, { event, receipt }) => {
      const result = read(event);
      const expected =
        receipt === null ? undefined : { ...contact, channel: 'email', at: receivedAt, ...receipt };
      expect(result.receipt).toEqual(expected);
      if (expected !== undefined) expect(ReceiptSchema.parse(result.receipt)).toEqual(expected);
    },
  );

  it('in an unknown word gives no receipt and is counted', () => {
    const { event } = samples.find(({ name }) => name === 'permanent bounce')!;
    expect(read({ ...event, eventType: 'Teleported' })).toEqual({
      receipt: undefined,
      unrecognised: ['eventType=Teleported'],
    });
    expect(read({ ...event, bounce: { bounceType: 'Sideways' } })).toEqual({
      receipt: undefined,
      unrecognised: ['bounceType=Sideways'],
    });
  });

  it('that carries no contact of ours is counted', () => {
    const { event } = samples.find(({ name }) => name.includes('not ours'))!;
    expect(read(event).unrecognised).toEqual([
      'contact=EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
    ]);
  });

  it.each(['hello', '{}', '{"eventType":"Send"}'])('that is none at all is an error: %s', (message) => {
    expect(() => readSesEvent(message, receivedAt, () => undefined)).toThrow();
  });
});

describe('the tags of a mail', () => {
  const id = fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/)
    .filter((text) => IdSchema.safeParse(text).success);

  it('hold any contact in the characters that SES allows', () => {
    fc.assert(
      fc.property(id, id, (contactId, debtorId) => {
        const tags = toTags({ contactId, debtorId });
        for (const { Value } of tags) expect(Value).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
        const echoed = Object.fromEntries(tags.map(({ Name, Value }) => [Name!, [Value!]]));
        expect(fromTags(echoed)).toEqual({ contactId, debtorId });
      }),
    );
  });

  it.each([
    {},
    { contactId: ['Yy0x'] },
    { contactId: [''], debtorId: ['RDE'] },
    { contactId: ['!!'], debtorId: ['RDE'] },
  ])('of somebody else’s mail hold no contact: %o', (tags) => {
    expect(fromTags(tags as Record<string, string[]>)).toBeUndefined();
  });
});
