import { describe, expect, it } from 'vitest';
import { columnsOf, lockScreenColumns, lockScreenText } from '#shared/core/render/lock-screen.ts';

describe('lockScreenText', () => {
  it.each([
    ['a short text', 'Demo Bank: hello', 'Demo Bank: hello'],
    ['forty letters', 'a'.repeat(60), 'a'.repeat(40)],
    ['twenty Chinese characters', '示'.repeat(30), '示'.repeat(20)],
    ['no half of a wide character', `a${'示'.repeat(30)}`, `a${'示'.repeat(19)}`],
    ['pictures as one', '🏦'.repeat(30), '🏦'.repeat(20)],
    ['several lines as one', 'Demo Bank\n\n hello ', 'Demo Bank hello'],
  ])('shows of %s only what fits into one line', (_title, text, shown) => {
    expect(lockScreenText(text)).toBe(shown);
    expect(columnsOf(lockScreenText(text))).toBeLessThanOrEqual(lockScreenColumns);
  });

  it('counts full-width marks as two columns', () => {
    expect(columnsOf('【示例银行】您好！¥1')).toBe(20);
  });
});
