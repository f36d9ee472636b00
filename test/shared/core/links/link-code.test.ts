import { describe, expect, it } from 'vitest';
import { codeHashOf, isLinkCode, linkCodeKey, linkCodeOf } from '#shared/core/links/link-code.ts';

const key = linkCodeKey('secret');
const codes = Array.from({ length: 6_200 }, (_, index) => linkCodeOf(key, `c-${String(index)}`));

describe('the code of a personal link', () => {
  it('is ten letters and digits, the same for the same contact and secret', () => {
    expect(codes[0]).toMatch(/^[0-9A-Za-z]{10}$/);
    expect(linkCodeOf(linkCodeKey('secret'), 'c-0')).toBe(codes[0]);
  });

  it('is another one for another contact or secret', () => {
    expect(new Set(codes)).toHaveProperty('size', codes.length);
    expect(linkCodeOf(linkCodeKey('another'), 'c-0')).not.toBe(codes[0]);
  });

  it('uses each letter and digit about as often at each place', () => {
    for (let place = 0; place < 10; place += 1) {
      const counts = Map.groupBy(codes, (code) => code.charAt(place));
      expect(counts.size).toBe(62);
      // 100 are expected of each; six standard deviations are 60.
      for (const same of counts.values()) expect(Math.abs(same.length - 100)).toBeLessThan(60);
    }
  });

  it('is kept as a hash that does not contain it', () => {
    const hash = codeHashOf('7Kq2mX9wB4');
    expect(hash).toBe('64b338a99be4f2759178db8e66b7a5f0c7133b37915d77a2d591347fe0054374');
  });

  it.each([
    ['7Kq2mX9wB4', true],
    ['7Kq2mX9wB', false],
    ['7Kq2mX9wB4A', false],
    ['7Kq2mX9w-4', false],
    ['', false],
  ])('%s can be one: %s', (text, expected) => {
    expect(isLinkCode(text)).toBe(expected);
  });
});
