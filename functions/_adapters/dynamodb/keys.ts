import type { Consent, EndedDestination } from '#shared/contracts/debtor.ts';
import type { ExperimentEvent } from '#shared/contracts/experiment-count.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import { addressKey } from '#shared/core/identity/address-key.ts';
import type { DecisionKey } from '#shared/core/identity/decision-id.ts';
import { shardOf } from '#shared/core/identity/shard.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** Digits of an instant in a sort key: milliseconds until the year 33658, so that text order is time order. */
const instantDigits = 15;

/** Sort key of the item that holds a person's version and wake-up. */
export const headKey = 'person';
export const profileKey = 'profile';
/** First part of an account's sort key. */
export const accountPrefix = 'account#';

export function partitionOf(debtorId: string): string {
  return `debtor#${debtorId}`;
}

/** Evidence lies beside the person, not in their partition: it is kept for ever, and loading them must not read it. */
export function evidencePartitionOf(debtorId: string): string {
  return `evidence#${debtorId}`;
}

export function evidenceKey({ wokenFor, hash }: DecisionKey): string {
  return `${evidenceFrom(wokenFor)}#${hash}`;
}

/** Start of the sort keys of evidence of one moment, as `dueFrom` is of wake-ups. */
export function evidenceFrom(wokenFor: Instant): string {
  return instantText(wokenFor);
}

/** Partition of what concerns everybody at once: the kill switch. It is nobody's, and no filter of the stream knows its keys. */
export const controlPartition = 'control';
/** Sort key of the item that holds every stop in force. */
export const stopsKey = 'stops';
/** First part of the sort keys of what was stopped and resumed, by whom. */
export const stopRecordPrefix = 'log#';
/** Digits of an act's number in its sort key, so that text order is the order in which acts took effect. */
const changeDigits = 12;

export function stopRecordKey(change: number): string {
  return `${stopRecordPrefix}${change.toString().padStart(changeDigits, '0')}`;
}

export function accountKey(accountId: string): string {
  return `${accountPrefix}${accountId}`;
}

export function attemptKey(contactId: string): string {
  return `attempt#${contactId}`;
}

export function paymentKey(paymentId: string): string {
  return `payment#${paymentId}`;
}

export function caseKey(caseId: string): string {
  return `case#${caseId}`;
}

export function placementKey(placementId: string): string {
  return `placement#${placementId}`;
}

export function promiseKey(promiseId: string): string {
  return `promise#${promiseId}`;
}

export function planKey(planId: string): string {
  return `plan#${planId}`;
}

export function holdKey(holdId: string): string {
  return `hold#${holdId}`;
}

export function actKey(actId: string): string {
  return `act#${actId}`;
}

export function inboundKey(inboundId: string): string {
  return `inbound#${inboundId}`;
}

/** Sort key of a person's wishes; there is one such item. */
export const preferencesKey = 'preferences';

/** A link lies beside the persons: whoever opens one is not known yet. */
export function linkPartition(codeHash: string): string {
  return `${linkPrefix}${codeHash}`;
}
/** Start of every partition of a link. */
export const linkPrefix = 'link#';
export const linkKey = 'link';

/** A number or address lies beside the persons that are known there: whoever writes from it is not known yet. */
export function addressPartition(address: string): string {
  return `${addressPrefix}${addressKey(address)}`;
}
/** Start of every partition of a number or address. */
export const addressPrefix = 'address#';
/** Start of the sort keys of the persons that are known at an address. */
export const personAtPrefix = 'debtor#';

export function personAtKey(debtorId: string): string {
  return `${personAtPrefix}${debtorId}`;
}

/** Sort key of what is remembered of messages from an address. */
export const addressNoteKey = 'note';

/** Partition of payments that nobody's account is known for. */
export const parkedPartition = 'parked';

/** A parked id is that of a payment, or begins with it and a `~`: with one at its end no other payment's begins alike. */
export function parkedKey(parkedId: string): string {
  return parkedId.includes('~') ? `payment#${parkedId}` : `payment#${parkedId}~`;
}

/** One word per channel and number; `*` stands for the channel as a whole. */
export function consentKey(consent: Consent): string {
  return `consent#${consent.channel}#${consent.number ?? '*'}`;
}

export function endedKey(ended: Pick<EndedDestination, 'channel' | 'value'>): string {
  return `ended#${ended.channel}#${ended.value}`;
}

/** Start of every partition of marks. */
export const experimentPrefix = 'experiment#';

/** Marks of an experiment lie beside the persons: their number is asked for, not they. */
export function experimentPartition(experiment: string, shard: number): string {
  return `${experimentPrefix}${experiment}#${shard}`;
}

/** Start of the sort keys of all marks of one event of one arm. */
export function experimentKey(arm: string, event: ExperimentEvent): string {
  return `arm#${arm}#${event}#`;
}

export function experimentMarkKey(arm: string, event: ExperimentEvent, debtorId: string): string {
  return `${experimentKey(arm, event)}${debtorId}`;
}

export function duePartition(shard: number): string {
  return `due#${shard}`;
}

/** Start of the sort keys of one instant: sorts after every earlier instant and before every wake-up of this one. */
export function dueFrom(at: number): string {
  return instantText(at);
}

function instantText(at: number): string {
  return at.toString().padStart(instantDigits, '0');
}

/** The index keys under which a wake-up is found. */
export function dueKeys(debtorId: string, wakeUp: WakeUp, shards: number): { duePK: string; dueSK: string } {
  return { duePK: duePartition(shardOf(debtorId, shards)), dueSK: `${dueFrom(wakeUp.at)}#${debtorId}` };
}

export function debtorIdOf(partition: string): string {
  return partition.slice(partition.indexOf('#') + 1);
}

/** DynamoDB's time-to-live counts in whole epoch seconds. */
export function toEpochSeconds(instant: Instant | number): number {
  return Math.floor(instant / 1_000);
}
