import { subjectsMax } from '#shared/contracts/ledger.ts';
import type { ContactAction } from './account-action.ts';

/**
 * The other accounts that travel in the leading account's message: due now on the same channel for the same purpose, owed
 * to the same creditor in the same currency, so that one sum and one name tell the truth about all of them. Each has
 * passed the permission decision for itself.
 */
export function joinable(leading: ContactAction, ready: readonly ContactAction[]): readonly ContactAction[] {
  return ready.filter((other) => other !== leading && isAlike(leading, other)).slice(0, subjectsMax - 1);
}

function isAlike(a: ContactAction, b: ContactAction): boolean {
  return (
    a.mayJoin &&
    b.mayJoin &&
    a.contact.channel === b.contact.channel &&
    a.contact.purpose === b.contact.purpose &&
    a.account.creditor === b.account.creditor &&
    a.account.currency === b.account.currency
  );
}
