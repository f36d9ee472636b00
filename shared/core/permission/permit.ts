import type { PermitDecision, PermitError, PermitRequest } from '#shared/contracts/permission.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { CompiledPacks } from './compile-packs.ts';
import { decidePermission } from './decide-permission.ts';
import { factsHash } from './facts-hash.ts';
import { toContactRequest } from './to-contact-request.ts';

/**
 * Decides a request in its text form, as the command line and stored evidence have it. The same request and packs give
 * the same bytes. A request that names a pack or zone that does not exist gives an error, not an exception.
 */
export function permit(request: PermitRequest, packs: CompiledPacks): PermitDecision | PermitError {
  const id = request.id ?? null;
  const contact = toContactRequest(request);
  const decision = decidePermission(contact, packs);
  if ('error' in decision) return { id, error: decision.error };
  const { allowed, nextAt, reasons, obligations, relaxed } = decision;
  return {
    id,
    allowed,
    nextAt: nextAt === null ? null : formatIsoInstant(nextAt),
    reasons: [...reasons],
    obligations: [...obligations],
    ...(relaxed.length > 0 ? { relaxed: [...relaxed] } : {}),
    packs: decision.packs,
    facts: factsHash(request, contact),
  };
}
