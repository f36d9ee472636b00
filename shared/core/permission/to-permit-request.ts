import type { PermitRequest } from '#shared/contracts/permission.ts';
import type { PersonalWindow } from '#shared/contracts/personal-window.ts';
import * as words from '#shared/contracts/permission-words.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { formatLocalDate } from '#shared/kernel/local-date.ts';
import type { ContactRequest, PersonalHours } from './contact-request.ts';

/**
 * Writes a request in the contract's text form, from which to-contact-request.ts reads the same one back.
 *
 * @throws Error when the request says that its text has an element which the contract does not know.
 */
export function toPermitRequest(contact: ContactRequest, debtorId: string): PermitRequest {
  const { packs, destination, debt, content } = contact;
  return {
    at: formatIsoInstant(contact.at),
    channel: contact.channel,
    purpose: contact.purpose,
    ...(packs && { packs: [...packs] }),
    ...(contact.jurisdiction && { jurisdiction: { ...contact.jurisdiction } }),
    party: contact.party,
    ...(contact.automation && { automation: contact.automation }),
    debtor: debtorOf(contact, debtorId),
    ...(debt && { debt: stated(debt) }),
    ...(destination && { destination: stated(destination) }),
    ...pastOf(contact),
    ...(content && { content: { elements: content.map(elementOf) } }),
  };
}

function debtorOf({ zones, consents, personalWindows }: ContactRequest, id: string): PermitRequest['debtor'] {
  return {
    id,
    ...(zones.length > 0 && { zones: zones.map((zone) => ({ ...zone })) }),
    ...(consents.length > 0 && {
      consents: consents.map((consent) => stated({ ...consent, at: formatIsoInstant(consent.at) })),
    }),
    ...(personalWindows.length > 0 && { personalWindows: personalWindows.flatMap(windowsOf) }),
  };
}

function pastOf({
  history,
  holds,
  facts,
}: ContactRequest): Pick<PermitRequest, 'history' | 'holds' | 'facts'> {
  return {
    ...(history.length > 0 && { history: history.map(eventOf) }),
    ...(holds.length > 0 && { holds: holds.map(holdOf) }),
    ...(facts.length > 0 && { facts: facts.map(({ kind, at }) => ({ kind, at: formatIsoInstant(at) })) }),
  };
}

function eventOf({ debts, ...event }: ContactRequest['history'][number]) {
  return stated({ ...event, at: formatIsoInstant(event.at), debts: debts && [...debts] });
}

function holdOf({ kind, from, until }: ContactRequest['holds'][number]) {
  return stated({
    kind,
    from: formatLocalDate(from),
    until: until === undefined ? undefined : formatLocalDate(until),
  });
}

function windowsOf({ channels, windows }: PersonalHours): PersonalWindow[] {
  return windows.map(({ spec, blocks }) => ({
    [blocks ? 'block' : 'allow']: spec,
    ...(channels && { channels: [...channels] }),
  }));
}

type ContentElement = (typeof words.contentElements)[number];

function elementOf(element: string): ContentElement {
  const known = words.contentElements.find((one) => one === element);
  if (known === undefined) throw new Error(`"${element}" is no content element that permission.ts knows`);
  return known;
}

/** Without the fields that are there but say nothing: JSON does not keep them. */
function stated<T extends object>(value: T): T {
  const copy = { ...value };
  for (const key in copy) if (copy[key] === undefined) Reflect.deleteProperty(copy, key);
  return copy;
}
