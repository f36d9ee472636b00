/** Most people that one number or address is looked up for: more share a switchboard, not a telephone. */
export const personsAtAddressMax = 20;

/** Who is known at a telephone number or e-mail address. */
export interface AddressBook {
  /**
   * Ids of the people whose profile has, or once had, this number or address, by id; at most `personsAtAddressMax`. Read
   * consistently: whoever was written to is found. Numbers are compared in E.164, e-mail addresses without regard to case.
   */
  whoIsAt(address: string): Promise<readonly string[]>;
}
