import { Counts } from './counts.ts';
import { planChangeKinds, type PlanChange, type PlanChangeKind } from './plan-changes.ts';

/** Most accounts whose changes are kept as examples. */
export const exampleAccountsMax = 20;

/** A change as an example shows it, with the zone of the person's days. */
export interface ExampleChange extends PlanChange {
  readonly debtorId: string;
  readonly zone: string;
}

export interface ChangesReport {
  /** Accounts whose plan differs. */
  readonly accounts: number;
  readonly byKind: readonly {
    readonly kind: PlanChangeKind;
    readonly accounts: number;
    readonly changes: number;
  }[];
  /** All changes of the first accounts. */
  readonly examples: readonly ExampleChange[];
}

/** Adds up what differs between two plans of a portfolio, and keeps the first accounts as examples. */
export class ChangeTally {
  #accounts = 0;
  readonly #changes = new Counts<[PlanChangeKind]>();
  readonly #accountsOf = new Counts<[PlanChangeKind]>();
  readonly #examples: ExampleChange[] = [];

  /** Takes all changes of one person, those of an account one after another. */
  add(changes: readonly PlanChange[], person: { readonly debtorId: string; readonly zone: string }): void {
    for (const own of Map.groupBy(changes, ({ accountId }) => accountId).values()) {
      if (this.#accounts < exampleAccountsMax)
        this.#examples.push(...own.map((change) => ({ ...change, ...person })));
      this.#accounts += 1;
      const kinds = own.flatMap((change) => change.kinds);
      for (const kind of kinds) this.#changes.add([kind]);
      for (const kind of new Set(kinds)) this.#accountsOf.add([kind]);
    }
  }

  report(): ChangesReport {
    const changes = new Map(this.#changes.inOrder().map(({ key: [kind], count }) => [kind, count]));
    const accounts = new Map(this.#accountsOf.inOrder().map(({ key: [kind], count }) => [kind, count]));
    return {
      accounts: this.#accounts,
      byKind: planChangeKinds
        .map((kind) => ({ kind, accounts: accounts.get(kind) ?? 0, changes: changes.get(kind) ?? 0 }))
        .filter((one) => one.accounts > 0),
      examples: this.#examples,
    };
  }
}
