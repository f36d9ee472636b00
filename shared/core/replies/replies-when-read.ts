import type { ReplyRules } from '#shared/contracts/reply-words.ts';
import { compileReplies, type CompiledReplies } from './compile-replies.ts';

/**
 * The tables of replies, compiled once, when the reader first asks for any of their words. That takes longer than the rest
 * of a configuration together, and most functions that hold one never read a reply. The settings are there at once.
 *
 * The words are asked for one by one, so that rules can be copied and changed (`{ ...rules, stops }`) without compiling.
 *
 * @throws PhraseError when the first word is asked for, and a phrase is malformed: a bundle is compiled whole when it is judged.
 */
export function repliesWhenRead(rules: ReplyRules): CompiledReplies {
  let compiled: CompiledReplies | undefined;
  const words = (): CompiledReplies => (compiled ??= compileReplies(rules));
  return {
    settings: rules.settings,
    get index() {
      return words().index;
    },
    get keywords() {
      return words().keywords;
    },
    get answers() {
      return words().answers;
    },
    get fillers() {
      return words().fillers;
    },
    get negators() {
      return words().negators;
    },
    get reporters() {
      return words().reporters;
    },
    get subjects() {
      return words().subjects;
    },
    get accused() {
      return words().accused;
    },
    get innocent() {
      return words().innocent;
    },
    get breaks() {
      return words().breaks;
    },
    get conditions() {
      return words().conditions;
    },
    get channels() {
      return words().channels;
    },
    get marks() {
      return words().marks;
    },
    get spelling() {
      return words().spelling;
    },
  };
}
