import type { Act } from '#shared/contracts/act.ts';
import type { ActRefusal } from '#shared/contracts/act-request.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Hold } from '#shared/contracts/hold.ts';

/** What would have been taken, for whoever explains a refusal; amounts in the account's currency, dates as YYYY-MM-DD. */
export type RefusalLimits = Readonly<Record<string, string | number>>;

/**
 * What became of a request.
 *
 * - `done`: it is carried out, or noted for people (`act.outcome`). `repeated`: it was done before under this id; nothing changed now.
 * - `refused`: it breaks a rule; nothing changed. `busy`: the person changed again and again meanwhile; ask once more.
 */
export type ActAnswer =
  | ({ readonly kind: 'done' | 'repeated'; readonly act: Act } & Made)
  | {
      readonly kind: 'refused';
      readonly problem: ActRefusal;
      /** Field of the request. */
      readonly field: string;
      readonly limits: RefusalLimits;
    }
  | { readonly kind: 'busy' };

/** What an act made or changed. */
export interface Made {
  readonly promise?: PaymentPromise;
  readonly plan?: PaymentPlan;
  readonly hold?: Hold;
}
