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

/** Characters of a code as mail addresses carry it: 36^12 is more than there are codes. */
const caselessLength = 12;

/** A code for where capitals may become small letters on the way, as in the address of a mail. */
export function caselessCode(code: string): string {
  const radix = BigInt(alphabet.length);
  const number = Array.from(code).reduce((sum, one) => sum * radix + BigInt(alphabet.indexOf(one)), 0n);
  return number.toString(36).padStart(caselessLength, '0');
}

/** The code that was written so; null when it is none. */
export function fromCaseless(text: string): string | null {
  if (text.length !== caselessLength || !/^[0-9a-z]+$/iu.test(text)) return null;
  let rest = Array.from(text).reduce((sum, one) => sum * 36n + BigInt(Number.parseInt(one, 36)), 0n);
  let code = '';
  for (let place = 0; place < codeLength; place += 1) {
    code = alphabet.charAt(Number(rest % BigInt(alphabet.length))) + code;
    rest /= BigInt(alphabet.length);
  }
  return rest === 0n ? code : null;
}
