import type { Journal } from './journal.ts';
import type { JournalEntry } from './records.ts';

/** A keyword that Twilio acts on by itself, and what it then writes back. */
export interface HeardKeyword {
  /** OptOutType of Advanced Opt-Out. */
  readonly type: 'STOP' | 'START' | 'HELP';
  readonly reply: string;
}

/** In our words: Twilio's own are its to change. */
const replies = {
  stop: {
    type: 'STOP',
    reply: '[Twilio] You get no more messages from this number. START brings them back.',
  },
  start: { type: 'START', reply: '[Twilio] You get messages from this number again. STOP ends them.' },
  help: { type: 'HELP', reply: '[Twilio] STOP ends messages from this number.' },
} as const satisfies Readonly<Record<string, HeardKeyword>>;

/** Twilio's default keywords, written here on their own: the machine is to be tried against Twilio's list and not its own. */
const stopWords = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const startWords = new Set(['START', 'UNSTOP', 'YES']);
const helpWords = new Set(['HELP', 'INFO']);

function kindOf(word: string): keyof typeof replies | undefined {
  if (stopWords.has(word)) return 'stop';
  if (startWords.has(word)) return 'start';
  return helpWords.has(word) ? 'help' : undefined;
}

/** Who has stopped which of our numbers, as Twilio keeps it for each pair of numbers. */
export class OptOuts {
  readonly #journal: Journal<JournalEntry>;
  readonly #stopped = new Set<string>();

  constructor(journal: Journal<JournalEntry>) {
    this.#journal = journal;
    for (const entry of journal.restored)
      if (entry.kind === 'opt') this.#set(entry.number, entry.ours, entry.out);
  }

  has(number: string, ours: string): boolean {
    return this.#stopped.has(`${number} ${ours}`);
  }

  /** Hears a message. Only a keyword that is the whole of it counts; "YES" means something only to somebody who has stopped. */
  hear({ from, to, body }: { readonly from: string; readonly to: string; readonly body: string }) {
    const word = body.trim().toUpperCase();
    const kind = kindOf(word);
    if (kind === undefined || (word === 'YES' && !this.has(from, to))) return undefined;
    if (kind !== 'help') {
      const out = kind === 'stop';
      this.#set(from, to, out);
      this.#journal.append({ kind: 'opt', number: from, ours: to, out });
    }
    const heard: HeardKeyword = replies[kind];
    return heard;
  }

  #set(number: string, ours: string, out: boolean): void {
    if (out) this.#stopped.add(`${number} ${ours}`);
    else this.#stopped.delete(`${number} ${ours}`);
  }
}
