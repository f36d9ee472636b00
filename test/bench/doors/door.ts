import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { AddressNotes } from '#shared/ports/address-notes.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import type { FakeClock } from '#test/fakes/fake-clock.ts';
import type { SeededRandom } from '#cli/portfolio/seeded-random.ts';

/** What the handler behind a door works on: a store with person P1 in it, a clock and rules. */
export interface DoorParts {
  readonly store: DebtorStore & LinkStore & AddressBook;
  readonly notes: AddressNotes;
  readonly clock: FakeClock;
  readonly rules: RulesSource;
  /** Rules without the source around them. */
  readonly config: DecisionRules;
}

/** One way in that is guarded by a signature or a token, with its real handler. */
export interface Door {
  readonly name: string;
  /** A request that must be let in; each number is another one. */
  readonly valid: (number: number) => Promise<HttpRequest>;
  /** Changed versions of one that must not be. What still means the same is none of them. */
  readonly mutants: (valid: HttpRequest, random: SeededRandom) => Promise<readonly Mutant[]>;
  readonly handle: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Whether an answer turns somebody away without telling anything. */
  readonly isRefused: (answer: HttpAnswer) => boolean;
  /** The handler's work for a request without its check. */
  readonly bare: (request: HttpRequest) => Promise<unknown>;
}

export interface Mutant {
  readonly how: string;
  readonly request: HttpRequest;
}

/** One byte of the body changed, taken out or put in, and the body cut short. */
export function spoiltBodies(valid: HttpRequest, random: SeededRandom): readonly Mutant[] {
  const body = valid.body ?? '';
  const at = random.whole(0, Math.max(0, body.length - 1));
  const other = String.fromCharCode(33 + ((body.charCodeAt(at) - 33 + random.whole(1, 80)) % 90));
  const changed = (how: string, text: string): Mutant => ({ how, request: { ...valid, body: text } });
  return [
    changed('flipped byte', body.slice(0, at) + other + body.slice(at + 1)),
    changed('lost byte', body.slice(0, at) + body.slice(at + 1)),
    changed('added byte', body.slice(0, at) + other + body.slice(at)),
    changed('cut short', body.slice(0, at)),
  ].filter(({ request }) => request.body !== body);
}

/** A header changed: one character, cut short, empty, and missing. */
export function spoiltHeader(valid: HttpRequest, name: string, random: SeededRandom): readonly Mutant[] {
  const value = valid.headers[name] ?? '';
  const at = random.whole(0, Math.max(0, value.length - 1));
  const other = value[at] === 'A' ? 'B' : 'A';
  const headers = (how: string, changed: string | undefined): Mutant => {
    const { [name]: _, ...rest } = valid.headers;
    return {
      how: `${name} ${how}`,
      request: { ...valid, headers: changed === undefined ? rest : { ...rest, [name]: changed } },
    };
  };
  return [
    headers('changed', value.slice(0, at) + other + value.slice(at + 1)),
    headers('cut short', value.slice(0, at)),
    headers('empty', ''),
    headers('missing', undefined),
  ];
}
