import { describe, expect, it } from 'vitest';
import { bookingCalendar, settlementEnd } from '#shared/core/agreements/business-days.ts';
import { at } from '#test/builders/person.ts';

const shanghai = bookingCalendar({ country: 'CN', timeZone: 'Asia/Shanghai' }, { CN: ['2026-04-06'] });

describe('the end of the time for booking', () => {
  it.each([
    ['without grace is the end of the day', '2026-04-01', 0, '2026-04-01T16:00:00Z'],
    ['takes in the next business day', '2026-04-01', 1, '2026-04-02T16:00:00Z'],
    ['does not count a weekend', '2026-04-10', 1, '2026-04-13T16:00:00Z'],
    ['does not count a holiday', '2026-04-03', 1, '2026-04-07T16:00:00Z'],
    ['counts from a date on a weekend', '2026-04-11', 2, '2026-04-14T16:00:00Z'],
  ])('%s', (_, date, grace, end) => {
    expect(settlementEnd(date, grace, shanghai)).toBe(at(end));
  });

  it('goes by the weekend and the holidays that the creditor names', () => {
    const dubai = bookingCalendar(
      { country: 'US', timeZone: 'Asia/Dubai', calendar: { holidays: 'AE', weekend: ['fri', 'sat'] } },
      { AE: ['2026-04-12'], US: ['2026-04-13'] },
    );
    expect(settlementEnd('2026-04-09', 1, dubai)).toBe(at('2026-04-13T20:00:00Z'));
  });

  it('is that of the zone of the creditor, by UTC where it names none', () => {
    expect(settlementEnd('2026-04-01', 0, bookingCalendar({ country: 'CN' }, {}))).toBe(
      at('2026-04-02T00:00:00Z'),
    );
  });
});
