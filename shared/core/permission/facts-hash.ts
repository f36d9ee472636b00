import { hash } from 'node:crypto';
import type { PermitRequest } from '#shared/contracts/permission.ts';
import type { ContactRequest } from './contact-request.ts';

/**
 * SHA-256 of everything that the decision may depend on, in one normal form: defaults filled in, instants in UTC, fields
 * in a fixed order. The same facts hash alike however they were written down, and the request's own id is no fact.
 */
export function factsHash(request: PermitRequest, contact: ContactRequest): string {
  return hash('sha256', JSON.stringify(normalForm(request, contact)), 'hex');
}

/** Lists instead of objects: the place says what a value is, so that the order of fields cannot matter. */
function normalForm(request: PermitRequest, contact: ContactRequest): unknown {
  const { jurisdiction: place, debt, destination } = contact;
  return [
    contact.at,
    contact.channel,
    contact.purpose,
    contact.party,
    contact.automation,
    contact.packs,
    place && [place.institution, place.residence, place.postalCode, place.numberArea],
    request.debtor.id,
    contact.zones.map(({ zone, evidence }) => [zone, evidence]),
    contact.consents.map((it) => [it.channel, it.level, it.at, it.number, it.outsideHours === true]),
    contact.personalWindows.map(({ channels, windows }) => [
      channels,
      windows.map(({ blocks, spec }) => [blocks, Object.entries(spec).sort()]),
    ]),
    debt && [debt.id, debt.daysPastDue, debt.product],
    destination && [destination.kind, destination.value],
    (request.history ?? []).map((event, index) => [
      contact.history[index]?.at,
      event.channel,
      event.direction,
      event.outcome,
      event.debts,
      event.value,
      event.by,
      event.role,
      event.consented === true,
    ]),
    (request.holds ?? []).map(({ kind, scope, from, until }) => [kind, scope, from, until]),
    contact.facts.map(({ kind, at }) => [kind, at]),
    contact.content,
  ];
}
