import { describe, expect, it } from 'vitest';
import { readAmount } from '#functions/portal/read-amount.ts';

describe('readAmount', () => {
  it.each([
    ['en', '120', 120],
    ['en', '1,234.50', 1_234.5],
    ['en', '1234.5', 1_234.5],
    ['en', '$1,234.50', 1_234.5],
    ['en', 'USD 1,234', 1_234],
    ['en', '12,50', 12.5],
    ['en', '1,234,567.89', 1_234_567.89],
    ['es', '1.234,50', 1_234.5],
    ['es', '1234,5', 1_234.5],
    ['es', '1.234', 1_234],
    ['es', '1.234,50 €', 1_234.5],
    ['es', '1,234.50', 1_234.5],
    ['es', '100.5', 100.5],
    ['zh-CN', '１，２３４．５０', 1_234.5],
    ['zh-CN', '1234元', 1_234],
    ['zh-TW', 'NT$1,234', 1_234],
    ['en', '1 234.50', 1_234.5],
    ['en', "1'234.50", 1_234.5],
    ['en', '1.234.567', 1_234_567],
  ])('reads in %s %s', (language, text, amount) => {
    expect(readAmount(text, language)).toBe(amount);
  });

  it.each([
    ['en', '1.234', 'could be one or a thousand'],
    ['es', '1,234', 'could be one or a thousand'],
    ['en', '', 'is nothing'],
    ['en', 'abc', 'has no figure'],
    ['en', '-50', 'is below zero'],
    ['en', '1e5', 'has letters between figures'],
    ['en', '12,34,5', 'divides nothing that is thousands'],
    ['en', '1,23.50', 'divides nothing that is thousands'],
    ['en', '1.2.3', 'has two decimal points'],
    ['en', '0x10', 'is no decimal number'],
    ['en', '1'.repeat(41), 'is longer than any amount'],
    ['en', 'Infinity', 'has no figure'],
  ])('refuses in %s %s, which %s', (language, text) => {
    expect(readAmount(text, language)).toBeUndefined();
  });
});
