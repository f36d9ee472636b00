import { describe, expect, it } from 'vitest';
import { hmacLinkIssuer } from '#functions/_adapters/links/hmac-link-issuer.ts';
import { LinkSchema } from '#shared/contracts/link.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { at } from '#test/builders/person.ts';

const madeAt = at('2026-03-02T16:45:00+08:00');
const wanted = {
  debtorId: 'P1',
  contactId: 'c-1',
  channel: 'sms',
  destination: '+8613000000000',
  creditor: 'demo-bank',
  locale: 'en',
  madeAt,
  days: 45,
} as const;

describe('hmacLinkIssuer', () => {
  it('makes three addresses of one code, and a record that does not contain it', async () => {
    const issuer = hmacLinkIssuer({
      secret: () => Promise.resolve('s'),
      portalUrl: 'https://pay.example.com',
    });
    const { link, pages, code, unsubscribeUrl } = await issuer.linkFor(wanted);
    expect(code).toMatch(/^[0-9A-Za-z]{10}$/);
    expect(unsubscribeUrl).toBe(`https://pay.example.com/u/${code}`);
    expect(pages).toEqual({
      payUrl: `https://pay.example.com/p/${code}`,
      manageUrl: `https://pay.example.com/a/${code}`,
      surveyUrl: `https://pay.example.com/s/${code}`,
    });
    expect(LinkSchema.parse(link)).toMatchObject({
      codeHash: codeHashOf(code),
      contactId: 'c-1',
      expiresAt: madeAt + 45 * dayMs,
    });
    expect(JSON.stringify(link)).not.toContain(code);
    expect(await issuer.linkFor(wanted)).toEqual({ link, pages, code, unsubscribeUrl });
  });

  it('makes one that opens no pages, for ending e-mails alone', async () => {
    const issuer = hmacLinkIssuer({
      secret: () => Promise.resolve('s'),
      portalUrl: 'https://pay.example.com',
    });
    const { link, pages } = await issuer.linkFor({ ...wanted, channel: 'email', opens: 'unsubscribe' });
    expect([LinkSchema.parse(link).opens, pages]).toEqual(['unsubscribe', undefined]);
  });

  it('makes none while the secret cannot be read', async () => {
    const issuer = hmacLinkIssuer({
      secret: () => Promise.reject(new Error('no secret')),
      portalUrl: 'https://pay.example.com',
    });
    await expect(issuer.linkFor(wanted)).rejects.toThrow('no secret');
  });
});
