import { fnv1a64 } from '#shared/core/identity/fnv1a64.ts';

const wordBits = 32;
const hexPerWord = wordBits / 4;
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

function words(text: string): readonly [number, number] {
  const hex = fnv1a64(text);
  return [Number.parseInt(hex.slice(0, hexPerWord), 16), Number.parseInt(hex.slice(hexPerWord), 16)];
}
