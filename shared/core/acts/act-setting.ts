import type { Account } from '#shared/contracts/account.ts';
import type { Act } from '#shared/contracts/act.ts';
import type { ActRefusal, ActRequest } from '#shared/contracts/act-request.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { fnv1a64 } from '#shared/core/identity/fnv1a64.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Made, RefusalLimits } from './act-answer.ts';

/** What a request leads to: what it changes and what the person is told, or why it is refused. */
export type ActEffect =
  { readonly kind: 'done'; readonly act: Act; readonly change: PersonChange; readonly made: Made } | Refused;

interface Refused {
  readonly kind: 'refused';
  readonly problem: ActRefusal;
  /** Field of the request. */
  readonly field: string;
  readonly limits: RefusalLimits;
}

export function refuse(problem: ActRefusal, field: string, limits: RefusalLimits = {}): Refused {
  return { kind: 'refused', problem, field, limits };
}

/** What a request did, beside its record. */
interface Effect {
  /** `referred`: a person decides. */
  readonly outcome?: Act['outcome'];
  /** Id of what it made or changed. */
  readonly made?: string;
  readonly asked?: Act['asked'];
  readonly change?: PersonChange;
  readonly answer?: Made;
}

/** A request that is carried out or noted, with the record that makes it happen once. */
export function done(request: ActRequest, { now }: PersonView, effect: Effect): ActEffect {
  const { outcome = 'done', made, asked, change = {}, answer = {} } = effect;
  const { actId, debtorId, via, by, kind } = request;
  const accountId = 'accountId' in request ? request.accountId : undefined;
  const act: Act = {
    ...{ actId, debtorId, kind, via, by, outcome, at: now },
    ...(accountId !== undefined && { accountId }),
    ...(made !== undefined && { made }),
    ...(asked !== undefined && { asked }),
  };
  return { kind: 'done', act, made: answer, change: { ...change, acts: [act] } };
}

/** An id for what a request makes: the same request makes the same thing. */
export function madeId(prefix: string, { debtorId, actId }: Pick<ActRequest, 'debtorId' | 'actId'>): string {
  return `${prefix}-${fnv1a64([prefix, debtorId, actId].join('\u0000'))}`;
}

/** Today where the person lives; by UTC while no zone is known. */
export function todayOf({ homeZone, now }: PersonView): LocalDate {
  return localDateAt(homeZone ?? 'UTC', now);
}

/** A request about one account, and that account. */
export interface OnAccount<R> {
  readonly request: R;
  readonly account: Account;
  readonly view: PersonView;
}
