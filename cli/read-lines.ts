import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longest line that is kept whole, in characters; the rest of a longer one is dropped, so that it is refused as broken. */
const lineLengthMax = 8_000_000;

/** The lines of a stream, in groups as they arrive, without their line ends. A last line needs none. */
export async function* readLines(input: Readable): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.write(toBuffer(chunk)));
    const lines = text.split('\n');
    rest = (lines.pop() ?? '').slice(0, lineLengthMax);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.end();
  if (rest !== '') yield [withoutReturn(rest)];
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new TypeError('the input stream must give bytes or text');
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
