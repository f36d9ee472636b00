import { describe, expect, it } from 'vitest';
import { literalFigures } from '#cli/config/literal-figures.ts';

describe('literalFigures', () => {
  it.each([
    ['en', 'Pay $100 now', 'amount', '$100'],
    ['en', 'Pay 1,000 now', 'amount', '1,000'],
    ['en', 'Pay 99.50.', 'amount', '99.50'],
    ['en', 'Pay USD 20 now', 'amount', 'USD 20'],
    ['en', 'Pay 20 dollars', 'amount', '20 dollars'],
    ['es', 'Pague 12,50 € hoy', 'amount', '12,50 €'],
    ['zh-CN', '请还款100元', 'amount', '100元'],
    ['en', 'since 2026-11-01 already', 'date', '2026-11-01'],
    ['en', 'by 11/01/2026', 'date', '11/01/2026'],
    ['en', 'by 11/30 please', 'date', '11/30'],
    ['en', 'by Nov 1st', 'date', 'Nov 1st'],
    ['en', 'by 1 of November', 'date', '1 of November'],
    ['es', 'antes del 1 de noviembre', 'date', '1 de noviembre'],
    ['zh-TW', '請於11月1日前', 'date', '11月'],
  ] as const)('%s finds in "%s" the %s "%s"', (locale, text, kind, found) => {
    expect(literalFigures(text, locale)).toContainEqual({ kind, text: found, at: text.indexOf(found) });
  });

  it.each([
    ['en', 'please press 1'],
    ['en', '1 day, 14 days, 24 hours'],
    ['en', 'we are here 24/7, from 08:00 to 17:30'],
    ['en', 'call 0800 1234 567 or 112'],
    ['en', 'you may 1 day find 3 SMS'],
    ['es', 'pulse 1, o 2 días'],
    ['zh-CN', '请按1，3个工作日内，共3期'],
  ])('%s takes "%s" for neither', (locale, text) => {
    expect(literalFigures(text, locale)).toEqual([]);
  });
});
