/** The first code points of a text: a character outside of the basic plane is never cut in two. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let read = 0; read < count && end < text.length; read += 1)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/** Lines by which mail programs announce what they quote. */
const announcements =
  /^(?:-{2,} ?(?:original message|mensaje original|forwarded message|原始邮件|原始郵件|邮件原件)|_{10,}$|on .{4,200} wrote:$|el .{4,200} escribi[oó]:$|(?:在|于).{4,200}(?:写道|寫道)[:：]$|le .{4,200} a écrit ?:$|am .{4,200} schrieb .{0,200}:$|(?:from|de|发件人|寄件者|寄件人)[:：] .{0,200}@)/iu;
/** Longest line that can announce a quotation, in characters. */
const announcementMax = 400;

/** An e-mail without what it quotes: our own "reply STOP to opt out" below an answer is nobody's wish. */
export function withoutQuotes(text: string): string {
  const kept: string[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const trimmed = line.trim();
    if (trimmed.length <= announcementMax && announcements.test(trimmed)) break;
    if (!trimmed.startsWith('>')) kept.push(line);
  }
  return kept.join('\n');
}
