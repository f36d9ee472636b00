import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { planPerson, type PlanParts } from '#shared/usecases/plan-person.ts';
import { countExperiments, type LookedAt } from '#shared/usecases/count-experiments.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { wokenPersons, type WokenPerson } from './woken-persons.ts';

/** Persons planned at the same time: several requests each are under way, and the table shares its connections. */
const personsAtOnce = 16;

/** What wakes the planner: changes of the table, or persons to be looked at again. */
export type PlanEvent = DynamoDBStreamEvent | SQSEvent;

/**
 * Plans each person of a batch once, however many of their records are in it, and reports the records of those for whom it
 * failed. A stream is then read again from the first of them: planning somebody twice changes nothing.
 */
export function createHandler({
  telemetry,
  counts,
  ...parts
}: Omit<PlanParts, 'looked'> & { readonly telemetry: Telemetry; readonly counts: ExperimentCounts }) {
  /** A count that fails is made up for at the next look (but for a cure); nobody's planning waits for it. */
  const count = async (looked: LookedAt, cured: WokenPerson['cured']): Promise<void> => {
    try {
      await countExperiments(looked, cured, counts);
    } catch (error) {
      telemetry.error('experiment_count_failed', error, { debtorId: looked.person.debtorId });
      telemetry.count('experiment_count_failed');
    }
  };
  const plan = async ({ debtorId, recordIds, cured }: WokenPerson): Promise<readonly string[]> => {
    try {
      const looked = (person: LookedAt): Promise<void> => count(person, cured);
      telemetry.count(`planned_${await planPerson(debtorId, { ...parts, looked })}`);
      return [];
    } catch (error) {
      telemetry.error('plan_failed', error, { debtorId });
      telemetry.count('plan_failed');
      return recordIds;
    }
  };
  return async (event: PlanEvent): Promise<DynamoDBBatchResponse> => {
    const { persons, unreadable } = wokenPersons(event);
    for (const { recordId, reason } of unreadable) telemetry.error('wake_unreadable', reason, { recordId });
    const failed = unreadable.map(({ recordId }) => recordId);
    for (let start = 0; start < persons.length; start += personsAtOnce) {
      failed.push(...(await Promise.all(persons.slice(start, start + personsAtOnce).map(plan))).flat());
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
