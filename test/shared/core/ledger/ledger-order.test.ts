import { expect, it } from 'vitest';
import { inLedgerOrder } from '#shared/core/ledger/ledger-order.ts';
import { entry, noon } from '#test/builders/stored.ts';

it('lists contacts oldest first and those of one moment by id', () => {
  const first = entry({ contactId: 'c-z', reservedAt: noon });
  const second = entry({ contactId: 'c-b', reservedAt: noon + 1 });
  const third = entry({ contactId: 'c-c', reservedAt: noon + 1 });
  expect(inLedgerOrder([third, second, first])).toEqual([first, second, third]);
});
