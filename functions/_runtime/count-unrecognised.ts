import type { Telemetry } from './telemetry.ts';

/** A word of a provider that no table of ours knows. */
interface UnrecognisedWord {
  readonly field: string;
  readonly value: string;
}

/** Longest part of a provider's word that is logged, in characters. */
const valueLengthMax = 100;

/** Counts words that a provider newly uses and shows them to operators: somebody has to add them to a table. */
export function countUnrecognised(telemetry: Telemetry): (word: UnrecognisedWord) => void {
  return ({ field, value }) => {
    telemetry.count('unrecognised');
    telemetry.info('unrecognised', { field, value: value.slice(0, valueLengthMax) });
  };
}
