import type { Account, Payment } from './account.ts';
import type { Act } from './act.ts';
import type { PaymentPlan, PaymentPromise } from './agreement.ts';
import type { Consent, EndedDestination } from './debtor.ts';
import type { Hold } from './hold.ts';
import type { Inbound } from './inbound.ts';
import type { Case } from './ledger.ts';
import type { Preferences } from './preferences.ts';

/**
 * What one event changes of a person: all of it or nothing. Each entry is put in the place of the one with the same id.
 * An account is only written while the feed row that it names is still in force.
 */
export interface PersonChange {
  readonly accounts?: readonly Account[];
  readonly payments?: readonly Payment[];
  readonly acts?: readonly Act[];
  readonly promises?: readonly PaymentPromise[];
  readonly plans?: readonly PaymentPlan[];
  readonly holds?: readonly Hold[];
  readonly cases?: readonly Case[];
  readonly consents?: readonly Consent[];
  readonly endedDestinations?: readonly EndedDestination[];
  /** Destinations that are open again: the person asked for messages there. */
  readonly reopenedDestinations?: readonly Pick<EndedDestination, 'channel' | 'value'>[];
  readonly inbound?: readonly Inbound[];
  readonly preferences?: Preferences;
}
