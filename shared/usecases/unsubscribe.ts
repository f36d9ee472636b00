import type { Consent } from '#shared/contracts/debtor.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { Person } from '#shared/contracts/person.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import { carryOut, type CarryOutParts } from './carry-out.ts';

/** Characters of the code's hash in the id of the act: enough that no two links share it. */
const hashLength = 32;

/** `ended`: no e-mail follows. `unknown`: no link has this code, or nobody is known behind it. `busy`: ask once more. */
export type Unsubscribed = 'ended' | 'unknown' | 'busy';

export interface UnsubscribeParts extends CarryOutParts {
  readonly links: Pick<LinkStore, 'find'>;
}

/** The link of an e-mail by its code; null when there is none any more. It ends e-mails also after its pages have closed. */
export async function mailLink(
  code: string,
  { links }: Pick<UnsubscribeParts, 'links'>,
): Promise<Link | null> {
  const link = (await links.find(codeHashOf(code)))?.link;
  return link?.channel === 'email' ? link : null;
}

/**
 * Ends e-mails for the person whose e-mail carried a code, on every account. Whoever holds the code may do that and nothing
 * else by it. Again changes nothing; after the person has asked for e-mails anew it ends them anew.
 *
 * @throws what the store throws when it does not answer; asking again is safe.
 */
export async function unsubscribe(
  code: string,
  via: 'page' | 'reply',
  parts: UnsubscribeParts,
): Promise<Unsubscribed> {
  const link = await mailLink(code, parts);
  return link === null ? 'unknown' : endFor(link, via, parts);
}

async function endFor(
  { debtorId, codeHash }: Link,
  via: 'page' | 'reply',
  parts: CarryOutParts,
): Promise<Unsubscribed> {
  const person = await parts.store.load(debtorId);
  if (person === null) return 'unknown';
  const last = lastWord(person);
  if (last?.level === 'optout' && last.number === undefined) return 'ended';
  const actId = `unsubscribe:${codeHash.slice(0, hashLength)}:${String(last?.at ?? 0)}`;
  const { kind } = await carryOut(
    { kind: 'opt_out', actId, debtorId, via, by: 'recipient', channel: 'email' },
    parts,
  );
  return outcomeOf[kind];
}

const outcomeOf = { done: 'ended', repeated: 'ended', refused: 'unknown', busy: 'busy' } as const;

/** The newest word about e-mails, from the person or the feed: of all words it is the one that counts. */
function lastWord({ consents, debtor }: Person): Consent | undefined {
  return [...consents, ...(debtor?.consents ?? [])]
    .filter(({ channel }) => channel === 'email')
    .reduce<Consent | undefined>(
      (last, one) => (last === undefined || one.at >= last.at ? one : last),
      undefined,
    );
}
