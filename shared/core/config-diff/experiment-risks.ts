import type { Experiment } from '#shared/contracts/experiment.ts';
import type { ConfigRisk } from './config-risk.ts';
import { saysTheSame } from './plain-value.ts';

/** What is risky about changed experiments: people who change their arm spoil the result, and rails that stop later. */
export function experimentRisks(
  before: readonly Experiment[] = [],
  after: readonly Experiment[] = [],
): ConfigRisk[] {
  return before.flatMap((old) => {
    const next = after.find(({ experiment }) => experiment === old.experiment);
    const risk = (words: string): ConfigRisk => ({ kind: 'experiment', name: old.experiment, words });
    if (next === undefined) return [risk('is removed: everybody is contacted by the champion from now on')];
    const isDealtAnew = !saysTheSame(dealingOf(old), dealingOf(next));
    return [
      ...(isDealtAnew ? [risk('has other arms, shares or salt: people who take part change their arm')] : []),
      ...laterStops(old, next).map((rail) => risk(`guard rail ${rail}: it is stopped later`)),
    ];
  });
}

/** What decides who is in which arm. */
function dealingOf({ experiment, salt = experiment, arms, holdOut }: Experiment) {
  return { salt, arms: arms.map(({ arm, share }) => ({ arm, share })), holdOut: holdOut?.share ?? 0 };
}

const limits = ['optOutRateMax', 'complaintRateMax', 'minimumPeople'] as const;

function laterStops({ guardRails: old }: Experiment, { guardRails: next }: Experiment): string[] {
  const raised = limits
    .filter((rail) => next[rail] > old[rail])
    .map((rail) => `${rail} is raised, ${old[rail]} → ${next[rail]}`);
  const isAlone = old.compareWithChampion === true && next.compareWithChampion !== true;
  return isAlone ? [...raised, 'compareWithChampion is gone'] : raised;
}
