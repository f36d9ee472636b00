const offsetLow = 0x84222325;
const offsetHigh = 0xcbf29ce4;
/** The FNV prime 2^40 + 2^8 + 0xb3, split at the 32nd bit. */
const primeLow = 0x1b3;
const primeHighShift = 8;

/**
 * FNV-1a, 64 bit, over UTF-16 code units, as 16 hexadecimal digits. Not cryptographic: for ids and even spreading, where
 * the input is ours. (http://www.isthe.com/chongo/tech/comp/fnv/)
 */
export function fnv1a64(text: string): string {
  let low = offsetLow;
  let high = offsetHigh;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = (low ^ code) >>> 0;
    const product = low * primeLow;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, primeLow) + carry + (low << primeHighShift)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** A number in [0, 1) that depends on the text alone, for spreading contacts evenly. */
export function fractionOf(text: string): number {
  return Number.parseInt(fnv1a64(text).slice(4, 12), 16) / 0x1_0000_0000;
}
