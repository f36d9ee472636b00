import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Act } from '#shared/contracts/act.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Consent, Debtor, EndedDestination } from '#shared/contracts/debtor.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import type { Inbound } from '#shared/contracts/inbound.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { Preferences } from '#shared/contracts/preferences.ts';
import type { Case, LedgerEntry, Placement } from '#shared/contracts/ledger.ts';
import { addressKeysOf } from '#shared/core/identity/address-key.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import {
  accountKey,
  addressPartition,
  personAtKey,
  actKey,
  holdKey,
  inboundKey,
  linkKey,
  linkPartition,
  planKey,
  preferencesKey,
  promiseKey,
  attemptKey,
  caseKey,
  consentKey,
  endedKey,
  partitionOf,
  paymentKey,
  placementKey,
  profileKey,
  toEpochSeconds,
} from './keys.ts';
import { debtorsTable } from './table-definition.ts';

/** Version of the items' form; see read-person.ts for what may change under the same number. */
export const layout = 1;

/** Attempts and payments leave the table after this time: longer than any cap looks back, proof lives elsewhere. */
const keptMs = 400 * dayMs;

/** A link that has run out is kept for this time, so that its page can say so instead of "unknown". */
const linkKeptMs = 30 * dayMs;
/** The link of an e-mail is kept longer: a click on "unsubscribe" and an answer are heard as long as somebody may find the mail. */
const mailLinkKeptMs = 400 * dayMs;

/** An item of a person's partition: its keys, then the entity's own fields beside them. */
export type Item = { readonly PK: string; readonly SK: string; readonly layout: number } & Readonly<
  Record<string, unknown>
>;

function item(debtorId: string, SK: string, fields: object): Item {
  return { ...fields, PK: partitionOf(debtorId), SK, layout };
}

export function profileItem(debtor: Debtor): Item {
  return item(debtor.debtorId, profileKey, debtor);
}

/** Where a person is found by each number and address of their profile. */
export function addressItems(debtor: Debtor): Item[] {
  const SK = personAtKey(debtor.debtorId);
  return addressKeysOf(debtor).map((address) => ({ PK: addressPartition(address), SK, layout }));
}

export function accountItem(account: Account): Item {
  const index = { [debtorsTable.accountsIndex.partitionKey]: account.accountId };
  return item(account.debtorId, accountKey(account.accountId), { ...account, ...index });
}

export function attemptItem(entry: LedgerEntry): Item {
  const ttl = toEpochSeconds(entry.reservedAt + keptMs);
  return item(entry.debtorId, attemptKey(entry.contactId), { ...entry, ...experimentOf(entry), ttl });
}

/** By which the filter of the stream tells contacts of experiments from others: it cannot look into the list of subjects. */
function experimentOf({ about }: LedgerEntry): { readonly experiment?: string } {
  const arm = about.find((subject) => subject.arm !== undefined)?.arm;
  return arm === undefined ? {} : { experiment: arm.experiment };
}

export function paymentItem(payment: Payment): Item {
  const ttl = toEpochSeconds(payment.bookedAt + keptMs);
  return item(payment.debtorId, paymentKey(payment.paymentId), { ...payment, ttl });
}

export function promiseItem(promise: PaymentPromise): Item {
  return item(promise.debtorId, promiseKey(promise.promiseId), promise);
}

export function planItem(plan: PaymentPlan): Item {
  return item(plan.debtorId, planKey(plan.planId), plan);
}

export function holdItem(hold: Hold): Item {
  return item(hold.debtorId, holdKey(hold.holdId), hold);
}

export function actItem(act: Act): Item {
  return item(act.debtorId, actKey(act.actId), { ...act, ttl: toEpochSeconds(act.at + keptMs) });
}

export function inboundItem(inbound: Inbound): Item {
  const ttl = toEpochSeconds(inbound.at + keptMs);
  return item(inbound.debtorId, inboundKey(inbound.inboundId), { ...inbound, ttl });
}

export function preferencesItem(debtorId: string, preferences: Preferences): Item {
  return item(debtorId, preferencesKey, preferences);
}

/** The item of a link, which ends by itself a while after the link has. */
export function linkItem(link: Link): Item {
  const keptForMs = link.channel === 'email' ? mailLinkKeptMs : linkKeptMs;
  const ttl = toEpochSeconds(link.expiresAt + keptForMs);
  return { ...link, wrongTries: 0, ttl, PK: linkPartition(link.codeHash), SK: linkKey, layout };
}

export function caseItem(opened: Case): Item {
  return item(opened.debtorId, caseKey(opened.caseId), opened);
}

export function placementItem(placement: Placement): Item {
  return item(placement.debtorId, placementKey(placement.placementId), placement);
}

export function consentItem(debtorId: string, consent: Consent): Item {
  return item(debtorId, consentKey(consent), consent);
}

export function endedItem(debtorId: string, ended: EndedDestination): Item {
  return item(debtorId, endedKey(ended), ended);
}
