import type { Case, Placement } from '#shared/contracts/ledger.ts';
import type { Person, WakeUp } from '#shared/contracts/person.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { decide } from '#shared/core/decision/decide.ts';
import type { Decision } from '#shared/core/decision/decision.ts';
import { caseIdOf, placementIdOf } from '#shared/core/identity/case-id.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** The wake-up that carries a decision out: null when nothing is to be done until something changes. */
export function wakeUpOf(decision: Decision, now: Instant): WakeUp | null {
  switch (decision.kind) {
    case 'contact':
      return { at: now, for: decision.contact.channel };
    case 'wait':
      return { at: decision.until, for: decision.for };
    case 'case':
    case 'place':
      return { at: now, for: 'look' };
    case 'rest':
      return null;
  }
}

/** The wake-up that follows once `person` is what it will be after a write. */
export function nextWakeUp(person: Person, rules: DecisionRules, now: Instant): WakeUp | null {
  return wakeUpOf(decide(person, rules, now), now);
}

/** The case that a decision asks for. Its id is built from facts, so that deciding twice opens one case. */
export function caseOf(decision: Decision & { kind: 'case' }, debtorId: string, now: Instant): Case {
  const { accountId, dueDate, queue, reason, because, priority } = decision;
  return {
    caseId: caseIdOf({ debtorId, accountId, dueDate, reason, of: holdOf(decision) }),
    debtorId,
    accountId,
    queue,
    reason,
    because: [...because],
    priority,
    openedAt: now,
    dueDate,
    state: 'open',
  };
}

/** The hold that a case is about: two holds on one account are two cases. */
function holdOf({ reason, because }: Decision & { kind: 'case' }): string | undefined {
  return reason === 'hold' || reason === 'hold_ended' ? because[0] : undefined;
}

/** The placement that a decision asks for, under an id that is built from facts like that of a case. */
export function placementOf(
  decision: Decision & { kind: 'place' },
  debtorId: string,
  now: Instant,
): Placement {
  const { accountId, dueDate, queue, agency, reason, because } = decision;
  return {
    placementId: placementIdOf({ debtorId, accountId, dueDate, reason, agency }),
    ...{ debtorId, accountId, queue, agency, reason },
    because: [...because],
    madeAt: now,
    dueDate,
    state: 'open',
  };
}
