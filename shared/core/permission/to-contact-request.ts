import type { PermitRequest } from '#shared/contracts/permission.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { parseLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';
import { automationOf, toPersonalHours, type ContactRequest } from './contact-request.ts';

/** Takes a checked request from its text form into the machine's own, with every default filled in. */
export function toContactRequest(request: PermitRequest): ContactRequest {
  const { channel, purpose = 'collection', party = 'first_party' } = request;
  return {
    at: instant(request.at),
    channel,
    purpose,
    party,
    automation: automationOf(channel, request.automation),
    packs: request.packs,
    jurisdiction: request.jurisdiction,
    ...aboutDebtor(request),
    debt: request.debt,
    destination: request.destination,
    ...pastOf(request),
    content: request.content?.elements,
  };
}

function aboutDebtor({
  debtor,
}: PermitRequest): Pick<ContactRequest, 'zones' | 'consents' | 'personalWindows'> {
  const { zones = [], consents = [], personalWindows = [] } = debtor;
  return {
    zones,
    consents: consents.map((consent) => ({ ...consent, at: instant(consent.at) })),
    personalWindows: personalWindows.map(toPersonalHours),
  };
}

function pastOf({
  history = [],
  holds = [],
  facts = [],
}: PermitRequest): Pick<ContactRequest, 'history' | 'holds' | 'facts'> {
  return {
    history: history.map((event) => ({ ...event, at: instant(event.at) })),
    holds: holds.map(({ kind, from, until }) => ({
      kind,
      from: day(from),
      until: until === undefined ? undefined : day(until),
    })),
    facts: facts.map(({ kind, at }) => ({ kind, at: instant(at) })),
  };
}

function instant(text: string): Instant {
  const at = parseIsoInstant(text);
  if (at === undefined)
    throw new TypeError(`"${text}" is no instant; requests must be checked by PermitRequestSchema first`);
  return at;
}

function day(text: string): LocalDay {
  const date = parseLocalDate(text);
  if (date === undefined)
    throw new TypeError(`"${text}" is no date; requests must be checked by PermitRequestSchema first`);
  return date;
}
