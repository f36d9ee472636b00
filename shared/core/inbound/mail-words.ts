import { withoutQuotes } from '#shared/core/replies/trim-text.ts';

/** Lines that a telephone's mail program puts below every message. */
const deviceLines =
  /^(?:sent (?:from|via) my |get outlook for |enviado desde mi |发自我的|發自我的|從我的.{1,30}傳送|从我的.{1,30}发送|發送自我的)/iu;
/** What separates a signature from the message (RFC 3676, 4.3); programs lose the blank at its end. */
const signatureMark = /^--\s?$/u;
/** Longest line that can begin or end the announcement of a quotation, in characters. */
const announcementMax = 300;
const announcementBegins = /^(?:on|el|le|am|在|于)\s?.*(?:\d{4}|\d{1,2}:\d{2})/iu;
const announcementEnds = /(?:wrote|escribi[oó]|a écrit ?|schrieb.{0,100}|写道|寫道)[:：]$/iu;
/** Beginnings of subjects that are ours with a word before them. */
const answered = /^(?:re|aw|sv|antw|res|rv|fwd?|tr|回复|回覆|答复|答覆|转发|轉寄)\s?[:：]/iu;

/**
 * What a person wrote themselves in an e-mail: without what they answer, without their signature. The subject counts only
 * where there is nothing else, and only when it is theirs: "Re: …" is our own.
 *
 * Example: an empty mail with the subject "unsubscribe" says "unsubscribe".
 */
export function ownWords({ subject, text }: { readonly subject: string; readonly text: string }): string {
  const own = withoutQuotes(withoutSignature(withoutAnnouncement(text))).trim();
  if (own !== '') return own;
  const line = subject.trim();
  return answered.test(line) ? '' : line;
}

function withoutSignature(text: string): string {
  const lines = text.split(/\r?\n/u);
  const end = lines.findIndex((line) => signatureMark.test(line) || deviceLines.test(line.trim()));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
}

/** Programs break a long "On … wrote:" into two or three lines, each of which looks like the person's own. */
function withoutAnnouncement(text: string): string {
  const lines = text.split(/\r?\n/u);
  const begin = lines.findIndex((_, at) =>
    [2, 3].some((count) => isAnnouncement(lines.slice(at, at + count))),
  );
  return (begin < 0 ? lines : lines.slice(0, begin)).join('\n');
}

function isAnnouncement(lines: readonly string[]): boolean {
  const whole = lines.map((line) => line.trim()).join(' ');
  if (whole.length > announcementMax || !whole.includes('@')) return false;
  return announcementBegins.test(whole) && announcementEnds.test(whole);
}
