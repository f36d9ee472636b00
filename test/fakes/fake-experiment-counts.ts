import { experimentEvents, type ArmCounts, type ExperimentMark } from '#shared/contracts/experiment-count.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';

/** Marks in memory, each kept once; `marks` shows them as `experiment arm event person`. */
export function createFakeExperimentCounts(): ExperimentCounts & { readonly marks: () => readonly string[] } {
  const kept = new Map<string, ExperimentMark>();
  return {
    record: (marks) => {
      for (const mark of marks)
        kept.set(`${mark.experiment} ${mark.arm} ${mark.event} ${mark.debtorId}`, structuredClone(mark));
      return Promise.resolve();
    },
    count: (experiment, arms) =>
      Promise.resolve(
        arms.map((arm) => {
          const own = [...kept.values()].filter((mark) => mark.experiment === experiment && mark.arm === arm);
          const entries = experimentEvents.map((event) => [
            event,
            own.filter((mark) => mark.event === event).length,
          ]);
          return Object.fromEntries(entries) as ArmCounts;
        }),
      ),
    marks: () => [...kept.keys()].sort(),
  };
}
