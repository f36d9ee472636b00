import { createHash, createHmac } from 'node:crypto';

/** Characters of a code. With `alphabet` these are 59 bits: nobody finds one by trying, and a text message has room for it. */
const codeLength = 10;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** What the key of codes is derived by, so that it opens nothing else that the same secret is for. */
const keyLabel = 'link-code';

/** The key by which codes are made, from the deployment's link secret. */
export function linkCodeKey(secret: string): Uint8Array {
  return createHmac('sha256', secret).update(keyLabel).digest();
}

/**
 * The code in the address of a contact's personal link. The same contact has the same code, so that composing a message
 * again changes nothing; without the key nobody can work it out. All 256 bits are divided by the number of codes, so that
 * no code is likelier than another by more than one part in 2^196.
 */
export function linkCodeOf(key: Uint8Array, contactId: string): string {
  const digest = createHmac('sha256', key).update(contactId).digest('hex');
  let rest = BigInt(`0x${digest}`);
  let code = '';
  for (let place = 0; place < codeLength; place += 1) {
    code += alphabet.charAt(Number(rest % BigInt(alphabet.length)));
    rest /= BigInt(alphabet.length);
  }
  return code;
}

/** What the table keeps of a code: who reads it cannot open anybody's page. */
export function codeHashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** Whether something can be a code at all: an address with anything else needs no look-up. */
export function isLinkCode(text: string): boolean {
  return text.length === codeLength && Array.from(text).every((character) => alphabet.includes(character));
}
