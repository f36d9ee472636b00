import type { Evidence } from '#shared/contracts/evidence.ts';
import type { Subject } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { contactIdOf } from '#shared/core/identity/contact-id.ts';
import { decisionIdOf } from '#shared/core/identity/decision-id.ts';
import { historySeenBy } from '#shared/core/permission/look-back.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { resolvePacks } from '#shared/core/permission/resolve-packs.ts';
import { toPermitRequest } from '#shared/core/permission/to-permit-request.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { nextActionFor } from './account-action.ts';
import type { DecisionRules } from './compile-rules.ts';
import { requestOf } from './contact-permission.ts';
import { proposalOf, type ContactProposal } from './contact-time.ts';
import type { PlannedContact } from './decision.ts';
import { viewOf, type PersonView } from './person-view.ts';

/** The facts that a sender decided on, and the moment that it was woken for. */
export interface DecisionSetting {
  readonly person: Person;
  readonly rules: DecisionRules;
  readonly now: Instant;
  readonly wokenFor: Instant;
}

/**
 * The proof that a planned contact was permitted by these facts and packs.
 *
 * @throws Error when the engine does not permit it: such a contact must not be reserved.
 */
export function contactEvidence(contact: PlannedContact, setting: DecisionSetting): Evidence {
  const { person, rules, now } = setting;
  const view = viewOf(person, rules, now);
  const proposal = view && proposalOf(contact, view);
  if (view === null || proposal === null)
    throw new Error(`${contact.contactId} is about nobody that is known: load the facts again`);
  const { about, contactId } = contact;
  const evidence = evidenceOf({ kind: 'contact', about, contactId, proposal }, view, setting.wokenFor);
  if (!('allowed' in evidence.decision) || !evidence.decision.allowed)
    throw new Error(`${contactId} was planned but is not permitted: ${JSON.stringify(evidence.decision)}`);
  return { ...evidence, contactId };
}

/**
 * The proof of each contact on a channel whose time had come and that a rule denies now. What only waits (for its day,
 * for an answer, for the hours that the strategy prefers, for the gap after another contact) leaves none.
 */
export function withheldEvidence(channel: Channel, setting: DecisionSetting): readonly Evidence[] {
  const { person, rules, now, wokenFor } = setting;
  const view = viewOf(person, rules, now);
  if (view === null) return [];
  const actions = person.accounts.map((account) => nextActionFor(account, view));
  const asked = actions.flatMap((action) => (action.kind === 'contact' ? [] : (action.asked ?? [])));
  const due = asked.filter(({ isDue, proposal }) => isDue && proposal.channel === channel);
  const evidence = due.map(({ subject, attempt, proposal }) => {
    const contactId = contactIdOf({ ...subject, debtorId: person.debtorId, channel, attempt });
    return evidenceOf({ kind: 'withheld', about: [subject], contactId, proposal }, view, wokenFor);
  });
  return evidence.filter(({ decision }) => !('allowed' in decision) || !decision.allowed);
}

interface Asked {
  readonly kind: Evidence['kind'];
  readonly about: readonly Subject[];
  readonly contactId: string;
  readonly proposal: ContactProposal;
}

function evidenceOf(
  { kind, about, contactId, proposal }: Asked,
  view: PersonView,
  wokenFor: Instant,
): Evidence {
  const { person, rules, now } = view;
  const { debtorId } = person;
  const request = storedRequest(view, proposal);
  const decision = permit(request, rules.packs);
  const outcome =
    'error' in decision
      ? { reasons: [decision.error], packs: {} }
      : { reasons: decision.reasons.map(({ rule }) => rule), packs: decision.packs };
  return {
    decisionId: decisionIdOf({ debtorId, wokenFor, kind, contactId, ...outcome }),
    debtorId,
    accountId: proposal.account.accountId,
    at: now,
    kind,
    channel: proposal.channel,
    about: [...about],
    config: rules.version,
    request,
    decision,
  };
}

/** The request with its packs by name, so that no later pack can join it, and the history that these packs look at. */
function storedRequest(view: PersonView, proposal: ContactProposal) {
  const request = requestOf(view, proposal, view.now);
  const ids = resolvePacks(request.jurisdiction, view.rules.packs);
  const packs = ids.flatMap((id) => view.rules.packs.byId.get(id) ?? []);
  const history = historySeenBy(packs, request);
  return toPermitRequest({ ...request, packs: ids, history }, view.person.debtorId);
}
