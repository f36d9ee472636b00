import type { Act } from '#shared/contracts/act.ts';
import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ActAnswer, Made } from '#shared/core/acts/act-answer.ts';
import { answerAct } from '#shared/core/acts/answer-act.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { changePerson, type Decided } from './change-person.ts';

export interface CarryOutParts {
  readonly store: Pick<DebtorStore, 'load' | 'change'>;
  readonly clock: Clock;
  readonly rules: RulesSource;
}

/**
 * Carries out what a person wants, wherever it came from: load the facts, decide by the rules, write all of it together.
 * The same act id again changes nothing and gets the same answer, also when both come at the same moment. Whoever is about
 * to be contacted on the older facts meets a conflict and decides afresh.
 *
 * @throws what the store throws when it does not answer; asking again with the same act id is safe.
 */
export async function carryOut(
  request: ActRequest,
  { store, clock, rules }: CarryOutParts,
): Promise<ActAnswer> {
  const carried = await changePerson(request.debtorId, store, async (person): Promise<Decided<ActAnswer>> => {
    const answer = answered(request, person);
    if (answer !== null) return { answer };
    const view = viewOf(person, await rules.current(), clock.now());
    const effect = view === null ? nobody : answerAct(request, view);
    if (effect.kind === 'refused') return { answer: effect };
    return { answer: { kind: 'done', act: effect.act, ...effect.made }, change: effect.change };
  });
  if (carried === 'nobody') return nobody;
  return carried === 'busy' ? { kind: 'busy' } : carried;
}

const nobody = { kind: 'refused', problem: 'unknown_person', field: 'debtorId', limits: {} } as const;

/** The answer that a request got before; null when it is new. Another request under its id is a mistake of the caller. */
function answered(request: ActRequest, person: Person): ActAnswer | null {
  const act = person.acts.find(({ actId }) => actId === request.actId);
  if (act === undefined) return null;
  const accountId = 'accountId' in request ? request.accountId : undefined;
  const isSame = act.kind === request.kind && act.accountId === accountId && asksAlike(request, act);
  return isSame
    ? { kind: 'repeated', act, ...madeBy(act, person) }
    : { kind: 'refused', problem: 'act_id_reused', field: 'actId', limits: {} };
}

/** Whether a request asks for what the act was asked for, as far as the act keeps it. */
function asksAlike(request: ActRequest, { asked = {} }: Act): boolean {
  const told = new Map<string, unknown>(Object.entries(request));
  return Object.entries(asked).every(([name, value]) => !told.has(name) || told.get(name) === value);
}

/** What an act made, as it stands now. */
function madeBy({ made }: Act, { promises, plans, holds }: Person): Made {
  const promise = promises.find(({ promiseId }) => promiseId === made);
  const plan = plans.find(({ planId }) => planId === made);
  const hold = holds.find(({ holdId }) => holdId === made);
  return { ...(promise && { promise }), ...(plan && { plan }), ...(hold && { hold }) };
}
