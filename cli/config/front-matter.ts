/** A file that begins with YAML between two `---` lines. Line numbers count from 1 in the file. */
export interface FrontMatter {
  readonly head: string;
  readonly headLine: number;
  readonly body: string;
  readonly bodyLine: number;
}

/** Splits a file; null when it does not begin with `---` or the second one is missing. */
export function splitFrontMatter(text: string): FrontMatter | null {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  if (lines[0]?.trimEnd() !== '---') return null;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) return null;
  return {
    head: lines.slice(1, end).join('\n'),
    headLine: 2,
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
