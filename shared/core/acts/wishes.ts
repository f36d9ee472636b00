import type { ActRequestOf } from '#shared/contracts/act-request.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { done, type ActEffect } from './act-setting.ts';

/** What ends at an address: a telephone number is one for texts and calls. */
export function channelsAt(channel: Channel): readonly Channel[] {
  return channel === 'email' ? ['email'] : ['sms', 'call'];
}

/** Whoever is reached at an address is somebody else: nothing goes there again. A telephone number is over for texts and calls. */
export function wrongParty(request: ActRequestOf<'wrong_party'>, view: PersonView): ActEffect {
  const { channel, destination } = request;
  const channels = channelsAt(channel);
  const known = view.person.endedDestinations;
  const isOver = (one: Channel) =>
    known.some((ended) => ended.channel === one && ended.value === destination);
  const endedDestinations = channels
    .filter((one) => !isOver(one))
    .map((one) => ({ channel: one, value: destination, reason: 'wrong_party', at: view.now }) as const);
  return done(request, view, { change: { endedDestinations } });
}

export function contactTimes(request: ActRequestOf<'contact_times'>, view: PersonView): ActEffect {
  const { language } = view.person.preferences ?? {};
  const preferences = { at: view.now, windows: request.windows, ...(language !== undefined && { language }) };
  return done(request, view, { change: { preferences } });
}

export function language(request: ActRequestOf<'language'>, view: PersonView): ActEffect {
  const windows = view.person.preferences?.windows ?? [];
  return done(request, view, {
    asked: { language: request.language },
    change: { preferences: { at: view.now, windows, language: request.language } },
  });
}

/** Ends a channel, or asks for it again. A newer word that is already there stands: then nothing changes. */
export function consent(request: ActRequestOf<'opt_out' | 'opt_in'>, view: PersonView): ActEffect {
  const { channel, number } = request;
  const level = request.kind === 'opt_out' ? 'optout' : 'express';
  const said = { channel, level, at: view.now, ...(number !== undefined && { number }) } as const;
  const stands = view.person.consents.some(
    (one) =>
      one.channel === channel &&
      one.number === number &&
      (one.at > view.now || (one.at === view.now && level === 'express')),
  );
  return done(request, view, { asked: { channel }, change: stands ? {} : { consents: [said] } });
}

export function survey(request: ActRequestOf<'survey'>, view: PersonView): ActEffect {
  const { score, note } = request;
  return done(request, view, { asked: { score, ...(note !== '' && { note }) } });
}
