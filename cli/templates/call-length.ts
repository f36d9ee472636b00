import type { RenderedVoice } from '#shared/core/render/render.ts';

/** How fast a synthetic voice speaks, in characters a second: of letters, and of characters that are whole syllables. */
const lettersPerSecond = 14;
const syllablesPerSecond = 4;
/** How long the called person takes to press the key, in seconds. */
const keySeconds = 3;

const syllable = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** About how long a call takes in which the person presses the key and hears all, in seconds: an estimate for its price. */
export function callSeconds({ greeting, message }: RenderedVoice): number {
  const said = `${greeting} ${message}`;
  const syllables = said.match(syllable)?.length ?? 0;
  const letters = said.length - syllables;
  return Math.ceil(syllables / syllablesPerSecond + letters / lettersPerSecond) + keySeconds;
}
