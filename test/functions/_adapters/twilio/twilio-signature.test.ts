import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedByTwilio, type SignedRequest } from '#functions/_adapters/twilio/twilio-signature.ts';

const token = '12345';
const accountSid = `AC${'0'.repeat(31)}1`;

/** Signs as twilio.com/docs/usage/security tells: the URL, then name and value of each field in order of names. */
function sign(url: string, fields: Readonly<Record<string, string>>): SignedRequest {
  const text =
    url +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name]!)
      .join('');
  const signature = createHmac('sha1', token).update(text).digest('base64');
  return { url, form: new URLSearchParams(fields), signature };
}

const fields = {
  AccountSid: accountSid,
  CallSid: 'CA1234567890ABCDE',
  Body: '您好 & 100% +1',
  Digits: '1234',
  To: '+18005551212',
};
const url = 'https://example.com/twilio/voice?contactId=c-1&debtorId=D.1%3Ax';
const genuine = sign(url, fields);

describe('Twilio’s signature', () => {
  it('is that of Twilio’s own example, to which it adds AccountSid', () => {
    // twilio.com/docs/usage/security: the example's signature, by the function above.
    const example = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    };
    const signed = sign('https://mycompany.com/myapp.php?foo=1&bar=2', example);
    expect(signed.signature).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(isSignedByTwilio(sign(signed.url, { ...example, AccountSid: accountSid }), token)).toBe(true);
  });

  it('is recognised whatever the order of the fields', () => {
    const reversed = new URLSearchParams([...genuine.form].reverse());
    expect(isSignedByTwilio({ ...genuine, form: reversed }, token)).toBe(true);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['another length', 'RSOYDt4T1cUTdK1PDd93'],
    ['another one', '0/KCTR6DLpKmkAf8muzZqo1nDgQ='],
  ])('is missed when there is %s', (_, signature) => {
    expect(isSignedByTwilio({ ...genuine, signature }, token)).toBe(false);
  });

  it('is missed by another token, another URL, and a URL that is none', () => {
    expect(isSignedByTwilio(genuine, '12346')).toBe(false);
    for (const other of [
      url.replace('voice', 'status'),
      url.replace('c-1', 'c-2'),
      url.replace('https', 'http'),
      `${url}&x=1`,
      'not a url',
    ]) {
      expect(isSignedByTwilio({ ...genuine, url: other }, token)).toBe(false);
    }
  });

  it('is missed when a field that must be there was made to vanish into its own name', () => {
    const { CallSid, ...rest } = fields;
    const vanished = { ...genuine, form: new URLSearchParams({ ...rest, [`CallSid${CallSid}`]: '' }) };
    expect(isSignedByTwilio(vanished, token)).toBe(true);
    expect(isSignedByTwilio({ ...vanished, needs: ['CallSid'] }, token)).toBe(false);
    expect(isSignedByTwilio({ ...genuine, needs: ['CallSid'] }, token)).toBe(true);
  });

  it('is missed when a piece of the URL is passed off as a field, or the other way round', () => {
    const { AccountSid, ...rest } = fields;
    const shorter = {
      ...genuine,
      url: url.slice(0, -1),
      form: new URLSearchParams({ xAccountSid: AccountSid, ...rest }),
    };
    const longer = { ...genuine, url: `${url}AccountSid${AccountSid}`, form: new URLSearchParams(rest) };
    expect([isSignedByTwilio(shorter, token), isSignedByTwilio(longer, token)]).toEqual([false, false]);
  });

  it('is missed after any change of any field, added, removed or doubled', () => {
    const names = Object.keys(fields);
    const change = fc.oneof(
      fc.tuple(fc.constant('set' as const), fc.constantFrom(...names), fc.string()),
      fc.tuple(fc.constant('append' as const), fc.constantFrom(...names), fc.string({ minLength: 1 })),
      fc.tuple(fc.constant('delete' as const), fc.constantFrom(...names), fc.constant(undefined)),
      fc.tuple(fc.constant('append' as const), fc.string({ minLength: 1 }), fc.string({ minLength: 1 })),
    );
    fc.assert(
      fc.property(change, ([kind, name, value]) => {
        const form = new URLSearchParams(genuine.form);
        fc.pre(form.get(name) !== value);
        if (kind === 'delete') form.delete(name);
        else form[kind](name, value);
        expect(isSignedByTwilio({ ...genuine, form }, token)).toBe(false);
      }),
    );
  });
});
