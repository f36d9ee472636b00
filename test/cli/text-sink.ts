import { Writable } from 'node:stream';

/** Where a command writes; `text` is all of it. */
export function textSink(): Writable & { readonly text: () => string } {
  let text = '';
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  return Object.assign(sink, { text: () => text });
}
