import type { Evidence } from '#shared/contracts/evidence.ts';
import type { PermitDecision, PermitError, PermitRequest } from '#shared/contracts/permission.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';

/** A pack whose version is another one now, or that is not there (null). */
export interface VersionDifference {
  readonly pack: string;
  readonly then: string;
  readonly now: string | null;
}

export interface Replay {
  readonly evidence: Evidence;
  readonly isSame: boolean;
  /** Packs that are not of the versions that decided; then other bytes are no surprise. */
  readonly versions: readonly VersionDifference[];
  readonly now: PermitDecision | PermitError;
}

/** What decides the request again, and the versions of the packs that it does so by. */
export interface ReplayParts {
  readonly log: Pick<EvidenceLog, 'evidenceOf'>;
  readonly versions: ReadonlyMap<string, string>;
  readonly decide: (request: PermitRequest) => PermitDecision | PermitError;
}

/**
 * Puts the question of a stored decision again and compares the answers byte by byte. Null when there is no decision of
 * this id. Only the stored request and the packs count: what has happened since makes no difference.
 */
export async function replayDecision(decisionId: string, parts: ReplayParts): Promise<Replay | null> {
  const evidence = await parts.log.evidenceOf(decisionId);
  if (evidence === null) return null;
  const now = parts.decide(evidence.request);
  const then = 'packs' in evidence.decision ? evidence.decision.packs : {};
  const versions = Object.entries(then)
    .map(([pack, version]) => ({ pack, then: version, now: parts.versions.get(pack) ?? null }))
    .filter((one) => one.now !== one.then);
  return { evidence, isSame: JSON.stringify(now) === JSON.stringify(evidence.decision), versions, now };
}
