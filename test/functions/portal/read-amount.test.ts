import { describe, expect, it } from 'vitest';
import { amountForField, readAmount } from '#functions/portal/read-amount.ts';

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
    expect(readAmount(text, { language, digits: 2 })).toBe(amount);
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
    expect(readAmount(text, { language, digits: 2 })).toBeUndefined();
  });

  it('takes three figures after the usual mark for decimals where the currency has three', () => {
    expect(readAmount('1.234', { language: 'en', digits: 3 })).toBe(1.234);
    expect(readAmount('1,234', { language: 'en', digits: 3 })).toBe(1_234);
  });

  it.each([
    ['en', 2, '1234.50'],
    ['es', 2, '1234,50'],
    ['en', 0, '1235'],
    ['es', 3, '1234,500'],
  ])('reads what a field proposes in %s with %s decimals: %s', (language, digits, text) => {
    const amount = digits === 0 ? 1_235 : 1_234.5;
    expect(amountForField(amount, { language, digits })).toBe(text);
    expect(readAmount(text, { language, digits })).toBe(amount);
  });
});
