import type { ConsentLevel } from '#shared/contracts/permission-words.ts';
import type { ContactConsent, ContactRequest } from './contact-request.ts';

/** What the debtor's consents say about one contact's channel and number. Consents after the request are not known yet. */
export type ConsentStanding = {
  /** Level of the newest matching consent; undefined when there is none. */
  readonly level: ConsentLevel | undefined;
  /** Any consent to contact outside the usual hours. */
  readonly outsideHours: boolean;
  /** The newest consent that may lift presumptive caps and cooldowns for seven local dates. */
  readonly lifting: ContactConsent | undefined;
};

const noConsent: ConsentStanding = { level: undefined, outsideHours: false, lifting: undefined };

const strictness: Readonly<Record<ConsentLevel, number>> = { optout: 3, none: 2, express: 1, written: 0 };

/** The part of a request that its consents are about. */
type ConsentQuestion = Pick<ContactRequest, 'at' | 'channel' | 'consents'> & {
  readonly destination?: { readonly value?: string | undefined } | undefined;
};

export function standingOf(request: ConsentQuestion): ConsentStanding {
  if (request.consents.length === 0) return noConsent;
  const matching = request.consents.filter((consent) => concerns(consent, request));
  return {
    level: newestOf(matching)?.level,
    outsideHours: matching.some(allowsOutsideHours),
    lifting: newestOf(matching.filter(canLift)),
  };
}

/** Of two consents of one instant the stricter one stands. */
function newestOf(consents: readonly ContactConsent[]): ContactConsent | undefined {
  let newest: ContactConsent | undefined;
  for (const consent of consents) {
    if (newest === undefined || isNewer(consent, newest)) newest = consent;
  }
  return newest;
}

/** An opt-out is no consent to anything, whatever else its record says. */
function allowsOutsideHours(consent: ContactConsent): boolean {
  return consent.outsideHours === true && consent.level !== 'optout';
}

/** A consent with a number holds for that number only. Where the contact's number is unknown, an opt-out counts. */
function concerns(consent: ContactConsent, request: ConsentQuestion): boolean {
  if (consent.channel !== request.channel || consent.at > request.at) return false;
  if (consent.number === undefined) return true;
  const value = request.destination?.value;
  return value === undefined ? consent.level === 'optout' : consent.number === value;
}

function isNewer(consent: ContactConsent, than: ContactConsent): boolean {
  if (consent.at !== than.at) return consent.at > than.at;
  return strictness[consent.level] > strictness[than.level];
}

function canLift(consent: ContactConsent): boolean {
  return consent.outsideHours !== true && (consent.level === 'express' || consent.level === 'written');
}
