import type { Evidence, EvidenceByKind } from './evidence.ts';
import type { PhraseKind } from '#shared/contracts/reply-words.ts';

/** Confidence that a death in the family makes hard times of. */
const hardshipConfidence = 0.8;
/** Confidence that a death of which nothing else is said is that of the person we write to. */
const deceasedConfidence = 0.7;
/** From here on the text says by itself that the holder of the account has died. */
const certain = 0.85;
/** What a person who lives says in the same breath. */
const livingKinds: readonly PhraseKind[] = ['hardship', 'promise', 'plan_request', 'pay_now'];
const heard = 0.5;

/**
 * A death in the family: "my mother died" is said by a debtor in hard times or by the child of a debtor who died. Whoever
 * speaks of paying or of being unable to is the debtor; in every other case it is read as the debtor's death, because that
 * must not be missed.
 */
export function settleDeaths(evidence: EvidenceByKind): EvidenceByKind {
  const family = evidence.get('bereavement');
  if (family === undefined || family.confidence < heard) return evidence;
  const own = evidence.get('deceased');
  const isOwnSaid = own !== undefined && own.confidence >= certain;
  const settled = new Map(evidence);
  const lives = livingKinds.some((kind) => (evidence.get(kind)?.confidence ?? 0) >= heard);
  if (lives && !isOwnSaid) {
    settled.delete('deceased');
    raise(settled, 'hardship', { ...family, confidence: hardshipConfidence });
  } else raise(settled, 'deceased', { ...family, confidence: deceasedConfidence });
  return settled;
}

function raise(evidence: Map<PhraseKind, Evidence>, kind: PhraseKind, by: Evidence): void {
  const known = evidence.get(kind);
  if (known === undefined || known.confidence < by.confidence) evidence.set(kind, by);
}
