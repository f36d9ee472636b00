import * as z from 'zod';
import { ActSchema } from '#shared/contracts/act.ts';
import { PlanSchema, PromiseSchema } from '#shared/contracts/agreement.ts';
import { HoldSchema } from '#shared/contracts/hold.ts';
import { InboundSchema } from '#shared/contracts/inbound.ts';
import { PreferencesSchema } from '#shared/contracts/preferences.ts';
import { AccountSchema, PaymentSchema } from '#shared/contracts/account.ts';
import { ConsentSchema, DebtorSchema, EndedDestinationSchema } from '#shared/contracts/debtor.ts';
import { CaseSchema, LedgerEntrySchema, PlacementSchema } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { InstantMsSchema } from '#shared/contracts/primitives.ts';
import { WakeForSchema } from '#shared/contracts/queue-message.ts';
import { inLedgerOrder } from '#shared/core/ledger/ledger-order.ts';
import { emptyPerson } from '#shared/core/person/empty-person.ts';
import { layout } from './items.ts';

/** A person's head item: its version, and the wake-up while there is one. */
export const HeadSchema = z.object({
  version: z.int().nonnegative(),
  wakeAt: InstantMsSchema.optional(),
  wakeFor: WakeForSchema.optional(),
});

const ItemSchema = z.looseObject({ PK: z.string(), SK: z.string(), layout: z.literal(layout) });
type StoredItem = z.infer<typeof ItemSchema>;

/** Puts what one kind of item holds into the person that is being read. */
type ReadInto = (person: Person, item: StoredItem) => void;

/** By the first part of the sort key. */
const readers: ReadonlyMap<string, ReadInto> = new Map<string, ReadInto>([
  ['profile', into(DebtorSchema, (person, debtor) => (person.debtor = debtor))],
  ['account', into(AccountSchema, (person, account) => person.accounts.push(account))],
  ['attempt', into(LedgerEntrySchema, (person, entry) => person.attempts.push(entry))],
  ['consent', into(ConsentSchema, (person, consent) => person.consents.push(consent))],
  ['ended', unlessReopened(into(EndedDestinationSchema, pushEnded))],
  ['payment', into(PaymentSchema, (person, payment) => person.payments.push(payment))],
  ['case', into(CaseSchema, (person, opened) => person.cases.push(opened))],
  ['placement', into(PlacementSchema, (person, placement) => person.placements.push(placement))],
  ['promise', into(PromiseSchema, (person, promise) => person.promises.push(promise))],
  ['plan', into(PlanSchema, (person, plan) => person.plans.push(plan))],
  ['hold', into(HoldSchema, (person, hold) => person.holds.push(hold))],
  ['inbound', into(InboundSchema, (person, inbound) => person.inbound.push(inbound))],
  ['act', into(ActSchema, (person, act) => person.acts.push(act))],
  ['preferences', into(PreferencesSchema, (person, preferences) => (person.preferences = preferences))],
  ['person', into(HeadSchema, readHead)],
]);

/**
 * A person from the items of their partition, in the order in which the table gives them.
 *
 * Stored items are our own, so they are read strictly: a wrong or missing field, a kind of item that this code does not
 * know, or another layout number throws, and nobody is contacted on facts that were only half understood. So that a
 * newer release can run beside an older one, and be rolled back, a field that this code does not know is passed over:
 * a new field must be optional and safe to overlook. Whatever is not raises `layout`, which older code then refuses.
 */
export function readPerson(debtorId: string, items: readonly unknown[]): Person {
  const person = emptyPerson(debtorId);
  for (const raw of items) {
    const item = ItemSchema.parse(raw);
    const kind = item.SK.split('#', 1).join();
    const readInto = readers.get(kind);
    if (readInto === undefined) {
      throw new Error(
        `${item.PK} holds an item ${item.SK} of a kind that this release does not know. ` +
          'A newer release wrote it: deploy that release again, or remove the item.',
      );
    }
    readInto(person, item);
  }
  person.attempts = inLedgerOrder(person.attempts);
  return person;
}

function into<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  put: (person: Person, value: z.output<z.ZodObject<Shape>>) => void,
): ReadInto {
  const stored = z.object(schema.shape);
  return (person, item) => {
    const parsed = stored.safeParse(item);
    if (!parsed.success) {
      throw new Error(`${item.PK} ${item.SK} cannot be read: ${z.prettifyError(parsed.error)}`);
    }
    put(person, parsed.data);
  };
}

function pushEnded(person: Person, ended: z.infer<typeof EndedDestinationSchema>): void {
  person.endedDestinations.push(ended);
}

/** A mark that the person has opened the destination again is no end of it (person-change.ts). */
function unlessReopened(readInto: ReadInto): ReadInto {
  return (person, item) => {
    if (item['reopened'] !== true) readInto(person, item);
  };
}

function readHead(person: Person, head: z.infer<typeof HeadSchema>): void {
  person.version = head.version;
  if (head.wakeAt !== undefined && head.wakeFor !== undefined) {
    person.wakeUp = { at: head.wakeAt, for: head.wakeFor };
  }
}
