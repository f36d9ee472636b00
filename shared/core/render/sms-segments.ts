/** How a text message travels and what it costs. */
export interface SmsSegments {
  /** GSM 03.38 with its extension table, or UCS-2 as soon as one character is in neither. */
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Billed parts. */
  readonly segments: number;
  /** Length in the encoding's own units: septets (an extension character takes two) or 16-bit units. */
  readonly units: number;
}

/** Most units of a message that goes in one part, and of each part when it does not: the rest is the joining header. */
const capacity = {
  'GSM-7': { single: 160, part: 153 },
  'UCS-2': { single: 70, part: 67 },
} as const;

const gsmBasic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsmExtension = new Set('\f^{}\\[~]|€');

/** True when the text can be sent in the GSM 7-bit alphabet, which holds more than twice as much as UCS-2. */
export function isGsm7(text: string): boolean {
  for (const character of text) {
    if (!gsmBasic.has(character) && !gsmExtension.has(character)) return false;
  }
  return true;
}

/**
 * Counts the parts in which a text message is sent and billed (3GPP TS 23.038 and 23.040). Neither an escaped extension
 * character nor a surrogate pair is torn apart: one that does not fit goes to the next part as a whole.
 *
 * @example smsSegments('Pay €5') // { encoding: 'GSM-7', segments: 1, units: 7 }
 */
export function smsSegments(text: string): SmsSegments {
  const encoding = isGsm7(text) ? 'GSM-7' : 'UCS-2';
  const costs = Array.from(text, (character) => unitsOf(character, encoding));
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const { single, part } = capacity[encoding];
  return { encoding, units, segments: units <= single ? Math.min(units, 1) : partsNeeded(costs, part) };
}

function unitsOf(character: string, encoding: SmsSegments['encoding']): number {
  if (encoding === 'UCS-2') return character.length;
  return gsmExtension.has(character) ? 2 : 1;
}

function partsNeeded(costs: readonly number[], part: number): number {
  let parts = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > part) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return parts;
}
