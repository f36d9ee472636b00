import type { Person } from '#shared/contracts/person.ts';
import { hourMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { DecisionRules } from './compile-rules.ts';
import { permitContact, requestOf } from './contact-permission.ts';
import { proposalOf, type ContactProposal } from './contact-time.ts';
import type { PlannedContact } from './decision.ts';
import { purposeClock } from '#shared/core/permission/purposes.ts';
import { viewOf, type PersonView } from './person-view.ts';

/** Longest that a provider may hold a message, in milliseconds: it will not be of interest later. */
const holdMsMax = 4 * hourMs;
/** Windows end on minutes that are multiples of this in practice; a finer end is only found earlier, never later. */
const probeMs = 5 * minuteMs;

/**
 * The instant up to which a contact that is permitted now stays permitted, so that a provider can be told to drop what it
 * has not sent by then. Found by asking the permission engine step by step; never later than the true end.
 */
export function permittedUntil(
  contact: PlannedContact,
  { person, rules, now }: { readonly person: Person; readonly rules: DecisionRules; readonly now: Instant },
): Instant {
  const view = viewOf(person, rules, now);
  const proposal = view && proposalOf(contact, view);
  if (view === null || proposal === null) return now;
  const end = Math.min(exemptEnd(view, proposal), now + holdMsMax);
  let until = now;
  while (until < end) {
    const next = toInstant(Math.min(Math.floor(until / probeMs) * probeMs + probeMs, end));
    if (!permitContact(view, proposal, toInstant(next - 1)).allowed) return until;
    until = next;
  }
  return until;
}

/** The end of the time in which an answer to the person is free; Infinity for what is judged alike at all times. */
function exemptEnd(view: PersonView, proposal: ContactProposal): number {
  const { exemptUntil } = purposeClock(requestOf(view, proposal, view.now));
  return exemptUntil >= view.now ? exemptUntil + 1 : Infinity;
}
