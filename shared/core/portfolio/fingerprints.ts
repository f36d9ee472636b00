/** Share of places in use at which the table doubles. */
const loadMax = 0.7;
const placesAtFirst = 1 << 12;

/**
 * Remembers millions of keys with a digest of what was said under each, 12 bytes a place, without keeping the texts: two
 * rows of a large file that contradict each other are found however far apart they are. Keys are compared by 64 bits.
 */
export class Fingerprints {
  #highs = new Uint32Array(placesAtFirst);
  #lows = new Uint32Array(placesAtFirst);
  #contents = new Uint32Array(placesAtFirst);
  #used = 0;

  /** Notes what is said under a key: for the first time, the same as before, or something else (which is not kept). */
  note(key: string, content: string): 'first' | 'same' | 'other' {
    const [high, low] = words(key);
    const [, digest] = words(content);
    const place = this.#placeOf(high, low);
    if (this.#isUsed(place)) return this.#contents[place] === digest ? 'same' : 'other';
    this.#put(place, high, low, digest);
    if (this.#used > this.#highs.length * loadMax) this.#grow();
    return 'first';
  }

  #put(place: number, high: number, low: number, digest: number): void {
    this.#highs[place] = high;
    this.#lows[place] = low;
    this.#contents[place] = digest;
    this.#used += 1;
  }

  /** The place of a key: where it is, or the free one where it belongs. */
  #placeOf(high: number, low: number): number {
    const mask = this.#highs.length - 1;
    let place = low & mask;
    while (this.#isUsed(place) && !(this.#highs[place] === high && this.#lows[place] === low)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #isUsed(place: number): boolean {
    return this.#highs[place] !== 0 || this.#lows[place] !== 0;
  }

  #grow(): void {
    const [highs, lows, contents] = [this.#highs, this.#lows, this.#contents];
    this.#highs = new Uint32Array(highs.length * 2);
    this.#lows = new Uint32Array(highs.length * 2);
    this.#contents = new Uint32Array(highs.length * 2);
    this.#used = 0;
    for (const [place, high] of highs.entries()) {
      const low = lows[place] ?? 0;
      if (high !== 0 || low !== 0) this.#put(this.#placeOf(high, low), high, low, contents[place] ?? 0);
    }
  }
}

/**
 * Two 32-bit words of a text, by two independent multiplicative hashes: about 64 bits, ten times as quick as the exact
 * 64-bit arithmetic of FNV, for what is compared within one run and never stored. (After cyrb53 by bryc, public domain.)
 */
function words(text: string): readonly [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return [high >>> 0, low >>> 0];
}
