import { describe, expect, it } from 'vitest';
import { isGsm7, smsSegments } from '#shared/core/render/sms-segments.ts';

describe('smsSegments', () => {
  const rows: readonly [string, string, ReturnType<typeof smsSegments>][] = [
    ['an empty text is no message', '', { encoding: 'GSM-7', segments: 0, units: 0 }],
    ['160 letters go in one part', 'a'.repeat(160), { encoding: 'GSM-7', segments: 1, units: 160 }],
    ['161 letters need two parts of 153', 'a'.repeat(161), { encoding: 'GSM-7', segments: 2, units: 161 }],
    ['306 letters still need two', 'a'.repeat(306), { encoding: 'GSM-7', segments: 2, units: 306 }],
    ['307 letters need three', 'a'.repeat(307), { encoding: 'GSM-7', segments: 3, units: 307 }],
    [
      'an extension character takes two units',
      '€'.repeat(80),
      { encoding: 'GSM-7', segments: 1, units: 160 },
    ],
    [
      'an extension character is not torn apart: 152 + € leaves one unit unused',
      `${'a'.repeat(152)}€${'a'.repeat(152)}`,
      { encoding: 'GSM-7', segments: 3, units: 306 },
    ],
    ['70 Chinese characters go in one part', '款'.repeat(70), { encoding: 'UCS-2', segments: 1, units: 70 }],
    ['71 need two parts of 67', '款'.repeat(71), { encoding: 'UCS-2', segments: 2, units: 71 }],
    [
      'one curly apostrophe makes all of it UCS-2',
      `${'a'.repeat(70)}’`,
      { encoding: 'UCS-2', segments: 2, units: 71 },
    ],
    [
      'a surrogate pair is not torn apart',
      `${'a'.repeat(66)}😀${'a'.repeat(66)}`,
      { encoding: 'UCS-2', segments: 3, units: 134 },
    ],
  ];
  it.each(rows)('%s', (_title, text, expected) => {
    expect(smsSegments(text)).toEqual(expected);
  });
});

describe('isGsm7', () => {
  it.each(['ñ', 'é', 'Ü', '¿', '[', '\n', 'Δ', '\f'])('has %j', (character) => {
    expect(isGsm7(character)).toBe(true);
  });
  it.each(['á', 'í', 'ç', '\t', '\u00A0', '₹', '😀', '\u001B', '`'])('lacks %j', (character) => {
    expect(isGsm7(character)).toBe(false);
  });
});
