import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { smsSegments } from '#shared/core/render/sms-segments.ts';

/** Characters of every width: basic, extension, Latin outside the alphabet, Chinese, beyond the basic plane. */
const gsmCharacter = fc.constantFrom(...Array.from('aZ9 @£ñÇΩ\n€[]{}^~|\\'));
const character = fc.constantFrom(...Array.from('aZ9 @£ñÇΩ\n€[]{}^~|\\áíçłş’款逾期您😀𠮷'));
const text = fc.oneof(
  fc.array(gsmCharacter, { maxLength: 500 }),
  fc.array(character, { maxLength: 300 }),
  fc.array(gsmCharacter, { minLength: 150, maxLength: 165 }),
  fc.array(character, { minLength: 60, maxLength: 75 }),
);

describe("smsSegments and Twilio's own calculator", () => {
  it('agree on encoding and parts', () => {
    fc.assert(
      fc.property(text, (characters) => {
        const body = characters.join('');
        fc.pre(body.length > 0);
        const theirs = new SegmentedMessage(body, 'auto');
        const ours = smsSegments(body);
        expect([ours.encoding, ours.segments]).toEqual([theirs.encodingName, theirs.segmentsCount]);
      }),
      { numRuns: 1_000 },
    );
  });
});
