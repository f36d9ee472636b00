import type { Inbound } from '#shared/contracts/inbound.ts';
import type { IncomingReply } from '#shared/core/inbound/incoming-reply.ts';
import type { CarryOutParts } from './carry-out.ts';

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
export function takeInReply(_incoming: IncomingReply, _parts: CarryOutParts): Promise<TakenIn> {
  throw new Error('in work: the lead builds it');
}
