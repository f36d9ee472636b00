import { agreementsOn } from '#shared/core/agreements/account-agreements.ts';
import type { MessageSubject } from './message-subject.ts';

/**
 * Whether what a contact says of an agreement is still so: a promise that was kept or withdrawn while the telephone rang is
 * not asked after. A contact about no agreement is not judged here.
 */
export function isStillMeant({ contact, accounts, person, now }: MessageSubject): boolean {
  const wanted = contact.about[0]?.agreement;
  if (wanted === undefined) return true;
  const { promises, plans } = agreementsOn(accounts[0], person, now);
  const promise = promises.find((one) => one.promise.promiseId === wanted);
  if (promise !== undefined) return promise.state !== 'kept' && promise.state !== 'cancelled';
  const plan = plans.find((one) => one.plan.planId === wanted);
  return plan === undefined || (plan.state !== 'completed' && plan.state !== 'cancelled');
}
