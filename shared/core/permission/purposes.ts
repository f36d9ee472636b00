import { contactPurposes, type ContactPurpose, type RuleKind } from '#shared/contracts/permission-words.ts';
import { hourMs, minuteMs } from '#shared/kernel/instant.ts';
import type { ContactRequest } from './contact-request.ts';

/** How long after the debtor's own message an answer to it is exempt, inclusive, in milliseconds. */
export const replyMs = 24 * hourMs;
/** How long after the debtor's message an opt-out may be confirmed, inclusive, in milliseconds. */
export const confirmationMs = 5 * minuteMs;

/** Purposes as bits: those under which rules see a contact. */
export type PurposeBits = number;

/**
 * As what a contact is judged, which can change with time: an answer to the debtor is exempt only for a while, and then
 * judged as collection.
 */
export type PurposeClock = {
  /** Last instant at which the contact keeps its exempt purpose; -Infinity when it has none, Infinity when for good. */
  readonly exemptUntil: number;
  readonly exempt: PurposeBits;
  readonly judged: PurposeBits;
  readonly judgedByConsentRules: PurposeBits;
};

export function purposeBits(purposes: readonly ContactPurpose[]): PurposeBits {
  return purposes.reduce((bits, purpose) => bits | (1 << contactPurposes.indexOf(purpose)), 0);
}

const bitsOf: Readonly<Record<ContactPurpose, PurposeBits>> = {
  reminder: purposeBits(['reminder']),
  collection: purposeBits(['collection']),
  statutory_notice: purposeBits(['statutory_notice']),
  reply_to_debtor: purposeBits(['reply_to_debtor']),
  optout_confirmation: purposeBits(['optout_confirmation']),
  consent_request: purposeBits(['consent_request']),
};
const consentRequestBits = bitsOf.collection | bitsOf.consent_request;

export function purposeClock(request: ContactRequest): PurposeClock {
  const { purpose } = request;
  const exempt = bitsOf[purpose];
  switch (purpose) {
    case 'reminder':
      return { exemptUntil: -Infinity, exempt: 0, judged: exempt, judgedByConsentRules: exempt };
    case 'consent_request':
      // Every rule takes it for collection, but a rule that demands consent cannot forbid to ask for it.
      return { exemptUntil: -Infinity, exempt: 0, judged: consentRequestBits, judgedByConsentRules: exempt };
    case 'collection':
    case 'statutory_notice':
    case 'reply_to_debtor':
    case 'optout_confirmation': {
      const judged = bitsOf.collection;
      return { exemptUntil: exemptUntil(request), exempt, judged, judgedByConsentRules: judged };
    }
  }
}

export function isExempt(clock: PurposeClock, at: number): boolean {
  return at <= clock.exemptUntil;
}

/** The purposes under which a rule of this kind sees the contact at an instant. */
export function purposesSeen(clock: PurposeClock, kind: RuleKind, at: number): PurposeBits {
  if (isExempt(clock, at)) return clock.exempt;
  return kind === 'consent' ? clock.judgedByConsentRules : clock.judged;
}

function exemptUntil(request: ContactRequest): number {
  if (request.purpose === 'statutory_notice') return Infinity;
  if (request.purpose === 'collection') return -Infinity;
  const heardAt = newest(
    request,
    (event) => event.direction === 'inbound' && event.channel === request.channel,
  );
  if (request.purpose === 'optout_confirmation') return heardAt + confirmationMs;
  const spokenAt = newest(request, (event) => event.direction === 'outbound');
  return spokenAt > heardAt ? -Infinity : heardAt + replyMs;
}

/** Instant of the newest event that is already known at the request's instant, or -Infinity. */
function newest(
  request: ContactRequest,
  wanted: (event: ContactRequest['history'][number]) => boolean,
): number {
  let at = -Infinity;
  for (const event of request.history) {
    if (event.at <= request.at && event.at > at && wanted(event)) at = event.at;
  }
  return at;
}
