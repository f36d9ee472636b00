/**
 * Throws when a person, or an account of one, is named twice in one call that writes feeds: which of the two should win
 * is for the caller to decide, not for the order in which requests happen to arrive.
 */
export function assertDistinctFeeds(
  changes: readonly {
    readonly debtorId: string;
    readonly accounts: readonly { readonly accountId: string }[];
  }[],
): void {
  assertDistinct(
    changes.map((change) => change.debtorId),
    'Debtor',
  );
  for (const { accounts } of changes) {
    assertDistinct(
      accounts.map((account) => account.accountId),
      'Account',
    );
  }
}

function assertDistinct(values: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value))
      throw new Error(`${what} ${value} is there twice in one call: merge the two before.`);
    seen.add(value);
  }
}
