import type { RowError } from '#shared/contracts/portfolio-row.ts';

/** What a decoder puts where bytes are not UTF-8; in a file it is left by an earlier wrong conversion. */
export const brokenCharacter = /\uFFFD/;

/** The reason for refusing a row whose bytes are not UTF-8: a name spelt wrongly is not sent to anybody. */
export const notUtf8: RowError = {
  problem: 'not_utf8',
  column: null,
  message: 'the row holds bytes that are not UTF-8: save the file as UTF-8',
};
