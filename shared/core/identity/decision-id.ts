import { idLengthMax } from '#shared/contracts/primitives.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { fnv1a64 } from './fnv1a64.ts';

/** The facts that make a decision this decision and no other. */
export interface DecisionFacts {
  readonly debtorId: string;
  /** The moment for which the sender was woken. A message that is delivered again names the same one. */
  readonly wokenFor: Instant;
  readonly kind: 'contact' | 'withheld';
  /** The contact that was decided on, whether or not it came to be. */
  readonly contactId: string;
  /** Rules that denied it, and versions of the packs they are of. */
  readonly reasons: readonly string[];
  readonly packs: Readonly<Record<string, string>>;
}

/** The parts of a decision's id by which its record is found. */
export interface DecisionKey {
  readonly debtorId: string;
  readonly wokenFor: Instant;
  readonly hash: string;
}

/**
 * The id of a decision, built from facts: `<debtorId>~<wokenFor in epoch ms>~<hash>`. It is itself the address of the
 * record, so that nothing has to be searched, and the same wake-up delivered again, with the same outcome, has the same
 * id however much later: it is recorded once.
 */
export function decisionIdOf(facts: DecisionFacts): string {
  const { debtorId, wokenFor, kind, contactId, reasons, packs } = facts;
  const versions = Object.entries(packs).map(([pack, version]) => `${pack}@${version}`);
  const hash = fnv1a64([kind, contactId, ...reasons, ...versions].join('\u0000'));
  return [debtorId, wokenFor, hash].join(separator);
}

/** No id of a debtor contains it. */
const separator = '~';
const decisionIdForm = new RegExp(
  `^([A-Za-z0-9][A-Za-z0-9._:-]{0,${idLengthMax - 1}})~(\\d{1,15})~([0-9a-f]{16})$`,
);

/** Takes a decision's id apart; null when the text is none. */
export function parseDecisionId(text: string): DecisionKey | null {
  const [, debtorId, wokenFor, hash] = decisionIdForm.exec(text) ?? [];
  if (debtorId === undefined || wokenFor === undefined || hash === undefined) return null;
  return { debtorId, wokenFor: toInstant(Number(wokenFor)), hash };
}
