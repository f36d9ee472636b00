import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkCodeOf } from '#shared/core/links/link-code.ts';
import { codeInAddress, replyAddress } from '#shared/core/links/reply-address.ts';

const from = 'service@bank.example.com';
const domain = 'reply.example.com';

describe('the address for answers', () => {
  it('names its contact by a code that comes back from it, also when capitals got lost on the way', () => {
    fc.assert(
      fc.property(fc.string(), (contactId) => {
        const code = linkCodeOf(Buffer.from('key'), contactId);
        const address = replyAddress({ from, code, domain });
        expect(address).toMatch(/^service\+[0-9a-z]{12}@reply\.example\.com$/);
        expect(codeInAddress(address)).toBe(code);
        expect(codeInAddress(address.toUpperCase())).toBe(code);
      }),
    );
  });

  it('has a local part that mail servers take, however long the sender is', () => {
    const long = `${'s'.repeat(64)}@bank.example.com`;
    const address = replyAddress({ from: long, code: 'zzzzzzzzzz', domain });
    expect(address.indexOf('@')).toBe(64);
    expect(codeInAddress(address)).toBe('zzzzzzzzzz');
  });

  it.each([
    'service@reply.example.com',
    'service+@reply.example.com',
    'service+123@reply.example.com',
    'service+zzzzzzzzzzzz@reply.example.com',
    'service+00000000000-@reply.example.com',
    '+',
    '',
  ])('has no code in %j', (address) => {
    expect(codeInAddress(address)).toBeNull();
  });
});
