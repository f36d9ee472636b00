import type { Person } from '#shared/contracts/person.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import { hourMs, minuteMs } from '#shared/kernel/instant.ts';
import { contactIdIn } from '#infra/local/twilio/world.ts';
import type { LocalWorld } from './open-world.ts';
import { simulatedReply } from './simulated-people.ts';

/** How often the simulated people look at their telephones, in milliseconds of virtual time. */
const lookEveryMs = 3 * hourMs;
/** From seeing a text to having written back. */
const writingMs = 7 * minuteMs;

export interface Writers {
  /** Texts that people have written so far. */
  readonly written: () => number;
}

/** Lets the simulated people write back to some of the texts that reached them; each text is answered at most once. */
export function letPeopleWrite(
  world: LocalWorld,
  seed: string,
  readPeople: () => Promise<readonly Person[]>,
): Writers {
  const seen = new Set<string>();
  let written = 0;
  /** A run that goes on from its data has forgotten what was answered: the telephone has not. */
  const hasAnswered = ({ destination, stateAt }: LedgerEntry): boolean =>
    world.twilio.messages().some(({ from, createdAt }) => from === destination && createdAt > stateAt);
  const write = ({ contactId, destination, locale }: LedgerEntry): void => {
    const reply = simulatedReply(seed, contactId, locale);
    const ours = world.twilio.messages().find((one) => contactIdIn(one.statusCallback) === contactId)?.from;
    if (reply === undefined || ours === undefined) return;
    world.clock.schedule(world.clock.now() + writingMs, async () => {
      written += 1;
      await world.twilio.receiveSms({ from: destination, to: ours, body: reply });
    });
  };
  const look = async (): Promise<void> => {
    for (const { attempts } of await readPeople()) {
      for (const entry of attempts) {
        const hasReached = entry.channel === 'sms' && entry.state === 'delivered';
        if (!hasReached || seen.has(entry.contactId)) continue;
        seen.add(entry.contactId);
        if (!hasAnswered(entry)) write(entry);
      }
    }
    world.clock.schedule(world.clock.now() + lookEveryMs, look);
  };
  world.clock.schedule(world.clock.now() + lookEveryMs, look);
  return { written: () => written };
}
