import type { WakeUp } from '#shared/contracts/person.ts';
import { layout } from './items.ts';
import { dueKeys, headKey, partitionOf } from './keys.ts';
import type { Table } from './table.ts';

/** What is asked of a person's head: without `version` it changes whatever its version is. */
export interface HeadChange {
  /** The version that the facts were read with; 0 while no head has been written. */
  readonly version?: number;
  /** The next wake-up, null for none; absent leaves the present one. */
  readonly wakeUp?: WakeUp | null;
}

/**
 * The update that raises a person's version, alone or inside a transaction.
 *
 *     sender A   load v7 ────────────── reserve at v7: done, now v8
 *     sender B     load v7 ────────────────────── reserve at v7: conflict ── load v8 ── decide again
 *     payment            (or raises v7 to v8 in between: then both senders meet a conflict)
 *
 * Whatever may alter a decision raises the version, so of all who rest on the same facts exactly one gets through.
 */
export function raiseVersion(table: Table, debtorId: string, change: HeadChange) {
  const condition = versionCondition(change.version);
  const wake = wakeUpdate(table, debtorId, change.wakeUp);
  return {
    TableName: table.name,
    Key: { PK: partitionOf(debtorId), SK: headKey },
    UpdateExpression: `ADD #version :one SET ${['#layout = :layout', ...wake.set].join(', ')}${wake.remove}`,
    ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
    ExpressionAttributeNames: { '#version': 'version', '#layout': 'layout' },
    ExpressionAttributeValues: { ':one': 1, ':layout': layout, ...wake.values, ...condition?.values },
  };
}

function versionCondition(version: number | undefined) {
  if (version === undefined) return undefined;
  const headNeverWritten = 'attribute_not_exists(#version)';
  const versionStillHolds = '#version = :version';
  return version === 0
    ? { expression: headNeverWritten, values: {} }
    : { expression: versionStillHolds, values: { ':version': version } };
}

function wakeUpdate(table: Table, debtorId: string, wakeUp: WakeUp | null | undefined) {
  if (wakeUp === undefined) return { set: [], remove: '', values: {} };
  if (wakeUp === null) return { set: [], remove: ' REMOVE wakeAt, wakeFor, duePK, dueSK', values: {} };
  return { set: [wakeAssignments], remove: '', values: wakeValues(table, debtorId, wakeUp) };
}

const wakeAssignments = 'wakeAt = :wakeAt, wakeFor = :wakeFor, duePK = :duePK, dueSK = :dueSK';

function wakeValues(table: Table, debtorId: string, wakeUp: WakeUp) {
  const { duePK, dueSK } = dueKeys(debtorId, wakeUp, table.shards);
  return { ':wakeAt': wakeUp.at, ':wakeFor': wakeUp.for, ':duePK': duePK, ':dueSK': dueSK };
}

/**
 * The update that moves a wake-up which was handed on, without raising the version.
 *
 *     tick       due: 15:00 sms ─── queue ─────────── lease 15:00 sms → 15:20: replaced, nothing moved
 *     sender                          reserve, next wake-up tomorrow 15:00 look
 *
 * It names the wake-up it saw, so that one which was set meanwhile, by a sender that was quicker, stays.
 */
export function moveWakeUp(table: Table, debtorId: string, seen: WakeUp, moved: WakeUp) {
  const sameMoment = 'wakeAt = :seenAt';
  const samePurpose = 'wakeFor = :seenFor';
  return {
    TableName: table.name,
    Key: { PK: partitionOf(debtorId), SK: headKey },
    UpdateExpression: `SET ${wakeAssignments}`,
    ConditionExpression: `${sameMoment} AND ${samePurpose}`,
    ExpressionAttributeValues: {
      ...wakeValues(table, debtorId, moved),
      ':seenAt': seen.at,
      ':seenFor': seen.for,
    },
  };
}
