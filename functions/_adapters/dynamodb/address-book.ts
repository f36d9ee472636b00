import * as z from 'zod';
import { personsAtAddressMax, type AddressBook } from '#shared/ports/address-book.ts';
import { layout } from './items.ts';
import { addressPartition, debtorIdOf, personAtPrefix } from './keys.ts';
import { query } from './queries.ts';
import type { Table } from './table.ts';

const PersonAtSchema = z.object({ SK: z.string().startsWith(personAtPrefix), layout: z.literal(layout) });

/** The address book in the Debtors table: each address is a partition, each person known there an item of it. */
export function createAddressBook(table: Table): AddressBook {
  return {
    async whoIsAt(address) {
      const known = {
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :person)',
        ExpressionAttributeValues: { ':pk': addressPartition(address), ':person': personAtPrefix },
        ConsistentRead: true,
      };
      const items = await query(table, known, personsAtAddressMax);
      return items.map((item) => debtorIdOf(PersonAtSchema.parse(item).SK));
    },
  };
}
