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
  const { single, part } = capacity[encoding];
  let units = 0;
  let parts = 1;
  let used = 0;
  for (const character of text) {
    const cost = encoding === 'UCS-2' ? character.length : gsmUnits(character);
    units += cost;
    if (used + cost > part) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return { encoding, units, segments: units <= single ? Math.min(units, 1) : parts };
}

function gsmUnits(character: string): number {
  return gsmExtension.has(character) ? 2 : 1;
}
