import { surveyScoreMax, type ActRequestOf } from '#shared/contracts/act-request.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { HoldKind } from '#shared/contracts/hold.ts';
import type { ReplyIntent, ReplyKind } from '#shared/contracts/replies.ts';
import { personalWindowsMax, type PersonalWindow } from '#shared/contracts/personal-window.ts';
import { channelsAt } from '#shared/core/acts/wishes.ts';
import { textLengthMax } from '#shared/contracts/primitives.ts';
import { addDays, instantAt, localDateAt, wallMinutes } from '#shared/core/time/local-time.ts';
import { isWindowText } from '#shared/kernel/window-text.ts';
import { answeredQuestion, promiseReply } from './promise-reply.ts';
import { carryOutAll, nothing, type ReplyEffect } from './reply-effect.ts';
import type { ReplySetting } from './reply-setting.ts';

type EffectOf = (intent: ReplyIntent, setting: ReplySetting) => ReplyEffect;

/** What is done about each thing that a person can mean. */
export const replyEffects: Readonly<Record<ReplyKind, EffectOf>> = {
  opt_out: optOut,
  opt_in: optIn,
  cease,
  wrong_party: wrongParty,
  deceased: (_, setting) => ({ ...heldAs('deceased', setting), isSilent: true }),
  attorney: (_, setting) => ({ ...heldAs('attorney', setting), isSilent: true }),
  bankruptcy: (_, setting) => ({ ...heldAs('bankruptcy', setting), isSilent: true }),
  complaint: (_, setting) => ({ ...heldAs('complaint', setting), answer: 'reply-noted' }),
  fraud: (_, setting) => onEachAccount('fraud', setting),
  dispute: (_, setting) => onEachAccount('dispute', setting),
  hardship: (_, setting) => onLeading(setting, (account) => ({ ...about('hardship', setting), ...account })),
  promise: promiseReply,
  pay_now: () => ({ answer: 'reply-link' }),
  plan_request: () => ({ answer: 'reply-link' }),
  paid: saysPaid,
  call_me: callMe,
  human: (_, setting) =>
    onLeading(setting, (account) => ({ kind: 'call_me', note: noteOf(setting), ...account })),
  inconvenient,
  confirm: (_, setting) => answeredQuestion('confirm', setting),
  deny: (_, setting) => answeredQuestion('deny', setting),
  satisfaction: rated,
  help: () => ({ answer: 'reply-help' }),
  unknown: ({ confidence }) => (confidence === 1 ? nothing : { answer: 'reply-not-understood' }),
};

/** What people read of a message, as a note. */
export function noteOf({ incoming }: ReplySetting): string {
  return Array.from(incoming.text)
    .slice(0, textLengthMax / 2)
    .join('')
    .trim();
}

/**
 * Ends a channel of the person, whatever number they have there later. At a number that several share it is only that number
 * that is ended for each of them: nobody knows who wrote.
 */
function optOut(intent: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const { incoming } = setting;
  const channel = intent.channel ?? incoming.channel;
  const effect = carryOutAll([{ kind: 'opt_out', channel, ...numberOf(setting) }], setting);
  const answer = channel === incoming.channel ? 'reply-stopped' : 'reply-thanks';
  return { ...effect, answer };
}

function numberOf({ incoming }: ReplySetting): { readonly number?: string } {
  return incoming.isShared === true ? { number: incoming.from } : {};
}

/** Opens a channel again, also where the provider had ended the number by itself. */
function optIn(intent: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const { incoming, view } = setting;
  const channel = intent.channel ?? incoming.channel;
  const effect = carryOutAll([{ kind: 'opt_in', channel, ...numberOf(setting) }], setting);
  const reopenedDestinations = view.person.endedDestinations.filter(
    (ended) =>
      ended.channel === channel && ended.value === incoming.from && ended.reason === 'opted_out_at_provider',
  );
  return {
    ...effect,
    changes: [...(effect.changes ?? []), { reopenedDestinations }],
    answer: 'reply-started',
  };
}

/** No contact at all. Of whom several share a number nobody knows who wrote: the number is over for all of them, and people look. */
function cease(_: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const { incoming } = setting;
  if (incoming.isShared !== true) return { ...heldAs('cease', setting), isSilent: true };
  const wishes = channelsAt(incoming.channel).map(
    (channel) => ({ kind: 'opt_out', channel, ...numberOf(setting) }) as const,
  );
  return { ...carryOutAll(wishes, setting), isSilent: true, needsPeople: 'shared/cease' };
}

function wrongParty(_: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const { channel, from: destination } = setting.incoming;
  return { ...carryOutAll([{ kind: 'wrong_party', channel, destination }], setting), isSilent: true };
}

/** A hold on everything that the person owes, as config/holds.yaml says. */
function heldAs(hold: HoldKind, setting: ReplySetting): ReplyEffect {
  const why = noteOf(setting) || hold;
  return { ...carryOutAll([{ kind: 'hold', hold, why }], setting), isForPeople: true };
}

function about<K extends 'hardship' | 'dispute' | 'fraud'>(kind: K, setting: ReplySetting) {
  return { kind, why: noteOf(setting) || kind };
}

/** What is said of the debt is said of each account that the message was about. */
function onEachAccount(kind: 'dispute' | 'fraud', setting: ReplySetting): ReplyEffect {
  const wishes = setting.accounts.map(({ accountId }) => ({ ...about(kind, setting), accountId }));
  return { ...carryOutAll(wishes, setting), answer: 'reply-noted', isForPeople: wishes.length > 0 };
}

type AccountWish =
  | Pick<ActRequestOf<'hardship'>, 'kind' | 'accountId' | 'why'>
  | Pick<ActRequestOf<'call_me'>, 'kind' | 'accountId' | 'note' | 'at'>;

function onLeading(
  setting: ReplySetting,
  wishFor: (account: Pick<Account, 'accountId'>) => AccountWish,
): ReplyEffect {
  const account = setting.accounts[0];
  if (account === undefined) return { needsPeople: 'no_account' };
  const wish = wishFor({ accountId: account.accountId });
  return { ...carryOutAll([wish], setting), answer: 'reply-noted', isForPeople: true };
}

/** Booking takes days: until then nobody is reminded of what they say is paid. */
function saysPaid(_: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const { view, accounts } = setting;
  const today = localDateAt(view.homeZone ?? 'UTC', view.now);
  const until = addDays(today, view.rules.replies.settings.paidPauseDays);
  const wishes = accounts
    .filter(({ pastDue }) => pastDue > 0)
    .map(
      ({ accountId }) =>
        ({ kind: 'hold', hold: 'manual', accountId, until, why: 'says it is paid' }) as const,
    );
  return { ...carryOutAll(wishes, setting), answer: 'reply-paid' };
}

function callMe(intent: ReplyIntent, setting: ReplySetting): ReplyEffect {
  const at = callTime(intent, setting);
  return onLeading(setting, (account) => ({
    kind: 'call_me',
    note: noteOf(setting),
    ...account,
    ...(at !== undefined && { at }),
  }));
}

/** The next moment that fits what was said; undefined when nothing was said of a time. */
function callTime({ date, time, window }: ReplyIntent, { view }: ReplySetting): number | undefined {
  const wall = time ?? window?.slice(0, 5);
  if (date === undefined && wall === undefined) return undefined;
  const zone = view.homeZone ?? 'UTC';
  const today = localDateAt(zone, view.now);
  const at = (day: string): number => instantAt(zone, day, wallMinutes(wall ?? '00:00'));
  if (date !== undefined) return at(date);
  return at(today) < view.now ? at(addDays(today, 1)) : at(today);
}

/** Of very many wishes of one person the oldest give way. */
function inconvenient({ window }: ReplyIntent, setting: ReplySetting): ReplyEffect {
  if (window === undefined || !isWindowText(window)) return { needsPeople: 'inconvenient' };
  const blocked: PersonalWindow = { block: { daily: [window] } };
  const known = setting.view.person.preferences?.windows ?? [];
  const others = known.filter((one) => JSON.stringify(one) !== JSON.stringify(blocked));
  const windows = [...others, blocked].slice(-personalWindowsMax);
  return { ...carryOutAll([{ kind: 'contact_times', windows }], setting), answer: 'reply-thanks' };
}

function rated({ score }: ReplyIntent, setting: ReplySetting): ReplyEffect {
  if (score === undefined || !Number.isInteger(score) || score < 1 || score > surveyScoreMax) return nothing;
  return {
    ...carryOutAll([{ kind: 'survey', score, note: noteOf(setting) }], setting),
    answer: 'reply-thanks',
  };
}
