import type { ActRequestOf } from '#shared/contracts/act-request.ts';
import type { CallSettings } from '#shared/contracts/call-flow.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { hourMs, type Instant } from '#shared/kernel/instant.ts';
import { done, refuse, type ActEffect } from './act-setting.ts';

/**
 * Notes that the identity questions of a call were answered, and how. It is written before anything is told and rests on
 * the person's version, so that of many answers in many calls at once no more wrong ones are heard than may be; after
 * those a right one is not heard either.
 */
export function identityTry(request: ActRequestOf<'identity_try'>, view: PersonView): ActEffect {
  const { calls } = view.rules;
  if (calls === null || wrongTries(view.person, calls.settings, view.now) >= calls.settings.identity.triesMax)
    return refuse('used_up', 'answers');
  return done(request, view, { asked: { answers: request.answers } });
}

/** How many wrong pairs of answers count against a person now, over all their calls. */
export function wrongTries(
  { acts }: Pick<Person, 'acts'>,
  { identity: { closedHours } }: CallSettings,
  now: Instant,
): number {
  return acts.filter(
    ({ kind, asked, at }) =>
      kind === 'identity_try' && asked?.['answers'] === 'wrong' && at > now - closedHours * hourMs,
  ).length;
}
