import type { Inbound } from '#shared/contracts/inbound.ts';
import type { Person } from '#shared/contracts/person.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { answerReply } from '#shared/core/inbound/answer-reply.ts';
import type { IncomingReply } from '#shared/core/inbound/incoming-reply.ts';
import type { CarryOutParts } from './carry-out.ts';
import { changePerson, type Decided } from './change-person.ts';

/**
 * What became of a message. `taken`: it was read, and what it changes was written with it. `repeated`: it was taken in before;
 * nothing changed now. `nobody`: no such person. `busy`: the person changed again and again meanwhile; deliver it once more.
 */
export type TakenIn =
  | { readonly kind: 'taken' | 'repeated'; readonly inbound: Inbound }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'busy' };

/**
 * Takes in what a person wrote or said: reads it, decides what it changes and what is answered, and writes all of it
 * together. The answer is a contact like any other: it is planned, permitted, written down and sent once.
 *
 * @throws what the store throws when it does not answer; taking it in again is safe.
 */
export async function takeInReply(
  incoming: IncomingReply,
  { store, rules }: Pick<CarryOutParts, 'store' | 'rules'>,
): Promise<TakenIn> {
  const taken = await changePerson(incoming.debtorId, store, async (person): Promise<Decided<TakenIn>> => {
    const known = knownAs(incoming, person);
    if (known !== undefined) return { answer: { kind: 'repeated', inbound: known } };
    const view = viewOf(person, await rules.current(), incoming.at);
    if (view === null) return { answer: { kind: 'nobody' } };
    const { inbound, change } = answerReply(incoming, view);
    return { answer: { kind: 'taken', inbound }, change };
  });
  return typeof taken === 'string' ? { kind: taken } : taken;
}

function knownAs({ inboundId }: IncomingReply, { inbound }: Person): Inbound | undefined {
  return inbound.find((one) => one.inboundId === inboundId);
}
