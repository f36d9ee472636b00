import type { PersonalWindow } from '#shared/contracts/personal-window.ts';
import { textLengthMax, type Channel } from '#shared/contracts/primitives.ts';
import { destinationOf } from '#shared/core/decision/person-view.ts';
import { actForm } from '../act-form.ts';
import { noteControl, pickControl } from '../form-controls.ts';
import type { FormReader } from '../form-reader.ts';
import { html } from '../html.ts';
import type { Page } from '../page.ts';
import type { Visit } from '../visit.ts';
import { pageLanguages, type PageLanguage } from '../words.ts';

/** Parts of a day that a person may choose, by their own clock. */
const partsOfDay = { morning: '08:00-12:00', afternoon: '12:00-17:00', evening: '17:00-21:00' } as const;
type PartOfDay = keyof typeof partsOfDay;
const parts: readonly PartOfDay[] = ['morning', 'afternoon', 'evening'];
const kindsOfDay = ['weekdays', 'weekend'] as const;

/** When the person may be contacted. What the law forbids stays forbidden. */
export const times: Page = (visit) => {
  const { say } = visit.words;
  const options = parts.map((value) => ({ value, label: say(`times.${value}`) }));
  return {
    title: say('times.title'),
    body: html`<p>${say('times.text')}</p>`,
    form: actForm(visit, {
      fields: (filled) => [
        kindsOfDay.map((name) =>
          pickControl({ name, label: say(`times.${name}`) }, filled, { options, type: 'checkbox' }),
        ),
        html`<p class="hint">${say('times.hint')}</p>`,
      ],
      proposed: chosenTimes(visit),
      submit: say('times.submit'),
      draft: (form) => ({ kind: 'contact_times', windows: wantedWindows(form, visit) }),
    }),
  };
};

/** The ticks that stand for what the person asked for last; all of them when they never asked. */
function chosenTimes({ view }: Visit): Record<string, readonly string[]> {
  const [allowed] = (view.person.preferences?.windows ?? []).flatMap(({ allow }) => allow ?? []);
  const ticks = (kind: (typeof kindsOfDay)[number]): readonly string[] =>
    allowed === undefined ? parts : parts.filter((part) => (allowed[kind] ?? []).includes(partsOfDay[part]));
  return { weekdays: ticks('weekdays'), weekend: ticks('weekend') };
}

/** All ticked is no wish at all: then only the law's hours bind. None ticked would be an opt-out, which has a page of its own. */
function wantedWindows(form: FormReader, { words }: Visit): PersonalWindow[] {
  const weekdays = form.choices('weekdays', parts);
  const weekend = form.choices('weekend', parts);
  const ticked = weekdays.length + weekend.length;
  if (ticked === 0) form.refuse('weekdays', words.say('times.none'));
  if (ticked === parts.length * kindsOfDay.length) return [];
  const windowsOf = (chosen: readonly PartOfDay[]): string[] => chosen.map((part) => partsOfDay[part]);
  return [{ allow: { weekdays: windowsOf(weekdays), weekend: windowsOf(weekend) } }];
}

const channelOrder: readonly Channel[] = ['sms', 'email', 'call'];

/** Ends a channel or asks for it again, one at a time. */
export const channels: Page = (visit) => {
  const { say } = visit.words;
  const options = channelOrder
    .filter((channel) => destinationOf(visit.view, channel) !== null)
    .flatMap((channel) => {
      const kind = isEnded(channel, visit) ? ('in' as const) : ('out' as const);
      return [{ value: `${kind}-${channel}`, label: say(`channels.${kind}.${channel}`) }];
    });
  const title = say('channels.title');
  if (options.length === 0) return { title, body: html`<p>${say('channels.nothing')}</p>` };
  return {
    title,
    body: html`<p>${say('channels.text')}</p>`,
    form: actForm(visit, {
      fields: (filled) => pickControl({ name: 'wish', label: say('channels.wish') }, filled, { options }),
      submit: say('channels.submit'),
      draft: (form) => {
        const [kind, channel] = (form.choice('wish', wishes) ?? 'out-sms').split('-');
        return {
          kind: kind === 'in' ? 'opt_in' : 'opt_out',
          channel: channelOrder.find((one) => one === channel) ?? 'sms',
          number: undefined,
        };
      },
    }),
  };
};

const wishes = channelOrder.flatMap((channel) => [`in-${channel}`, `out-${channel}`]);

/** Whether the person's newest word on a channel as a whole ends it. */
function isEnded(channel: Channel, { view }: Visit): boolean {
  const newest = view.consents
    .filter((one) => one.channel === channel && one.number === undefined)
    .toSorted((a, b) => b.at - a.at)[0];
  return newest?.level === 'optout';
}

/** The language of messages and pages from now on. */
export const language: Page = (visit) => {
  const { say } = visit.words;
  const options = languages.map((value) => ({
    value,
    label: html`<span lang="${value}">${pageLanguages[value]}</span>`,
  }));
  return {
    title: say('language.title'),
    body: html`<p>${say('language.text')}</p>`,
    form: actForm(visit, {
      fields: (filled) =>
        pickControl({ name: 'language', label: say('language.which') }, filled, { options }),
      proposed: { language: visit.words.language },
      submit: say('language.submit'),
      draft: (form) => ({ kind: 'language', language: form.choice('language', languages) ?? 'en' }),
    }),
  };
};

const languages: readonly PageLanguage[] = ['en', 'es', 'zh-CN', 'zh-TW'];
const scores = ['5', '4', '3', '2', '1'] as const;

/** How it went, asked after the end. */
export const survey: Page = (visit) => {
  const { say } = visit.words;
  return {
    title: say('survey.title'),
    body: html`<p>${say('survey.text')}</p>`,
    form: actForm(visit, {
      fields: (filled) => [
        pickControl({ name: 'score', label: say('survey.score') }, filled, {
          options: scores.map((value) => ({ value, label: say(`survey.${value}`) })),
        }),
        noteControl(
          { name: 'note', label: say('survey.note'), hint: say('note.hint') },
          filled,
          textLengthMax,
        ),
      ],
      submit: say('survey.submit'),
      draft: (form) => ({
        kind: 'survey',
        score: Number(form.choice('score', scores)),
        note: form.text('note'),
      }),
    }),
  };
};
