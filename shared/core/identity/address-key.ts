import type { Debtor } from '#shared/contracts/debtor.ts';

/**
 * By which a telephone number (E.164) or an e-mail address is known again: upper and lower case are one address.
 *
 * Example: `Mei.Lin@Example.com` and `mei.lin@example.com`.
 */
export function addressKey(address: string): string {
  return address.trim().toLowerCase();
}

/** The keys of all addresses in a person's profile. */
export function addressKeysOf({ phone, email }: Pick<Debtor, 'phone' | 'email'>): readonly string[] {
  return [phone, email].flatMap((address) => (address === undefined ? [] : addressKey(address)));
}
