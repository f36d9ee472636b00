import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from '#shared/core/config-diff/word-diff.ts';

describe('a word diff', () => {
  it.each([
    ['Your bill is due.', 'Your bill is overdue.', 'Your bill is [-due-]{+overdue+}.'],
    ['Pay {{ amountDue }} now', 'Pay {{ payBy }} now', 'Pay [-{{ amountDue }}-]{+{{ payBy }}+} now'],
    ['您的帳單已逾期，請繳款。', '您的帳單未繳，請繳款。', '您的帳單[-已逾期-]{+未繳+}，請繳款。'],
    ['a b', 'b a', '[-a -]b{+ a+}'],
    ['', 'new', '{+new+}'],
    ['old', '', '[-old-]'],
    ['two\n  lines', 'two lines', 'two lines'],
  ])('of %j and %j is %j', (before, after, expected) => {
    expect(wordDiff(before, after)).toBe(expected);
  });

  it('shows a few words around each difference of a long text', () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`);
    const changed = words.map((word, index) => (index === 10 || index === 50 ? 'other' : word));
    expect(wordDiff(words.join(' '), changed.join(' '))).toBe(
      '…word7 word8 word9 [-word10-]{+other+} word11 word12 word13…word47 word48 word49 [-word50-]{+other+} word51 word52 word53…',
    );
  });

  it('gives up on words where too much differs, and on length', () => {
    const before = Array.from({ length: 2_000 }, (_, index) => `a${index}`).join('.');
    const after = Array.from({ length: 2_000 }, (_, index) => `b${index}`).join('.');
    const text = wordDiff(before, after);
    expect(text.startsWith('[-a0.a1.')).toBe(true);
    expect(text).toHaveLength(401);
  });

  it('gives both texts back when what went or what came is left out', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '{{ x }}', '款'), { maxLength: 10 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const [old, next] = [before, after].map((text) => text.join('').replace(/\s+/gu, ' ').trim());
        const text = wordDiff(old!, next!);
        fc.pre(!text.includes('…'));
        expect(text.replace(/\{\+.*?\+\}/gu, '').replace(/\[-(.*?)-\]/gu, '$1')).toBe(old);
        expect(text.replace(/\[-.*?-\]/gu, '').replace(/\{\+(.*?)\+\}/gu, '$1')).toBe(next);
      }),
    );
  });
});
