import type { ReplyIntent, ReplyRequest } from '#shared/contracts/replies.ts';
import { safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { figuresIn } from '#shared/core/replies/text-entities.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { CallSetting } from './call-setting.ts';

/** What somebody means by what they said: what is sure enough, and what matters even when it is not. */
export function understand(
  text: string,
  setting: CallSetting,
  lastMessage?: ReplyRequest['lastMessage'],
): readonly ReplyIntent[] {
  const { replies } = setting.view.rules;
  const { intents } = readReply(requestFor(text, setting, lastMessage), replies);
  return intents.filter(
    ({ kind, confidence }) =>
      kind !== 'unknown' && (confidence >= replies.settings.confidenceMin || safetyKinds.includes(kind)),
  );
}

/** The sum and the day that an answer names, where we asked for one of them. */
export function figuresSaid(text: string, setting: CallSetting) {
  return figuresIn(requestFor(text, setting), setting.view.rules.replies);
}

function requestFor(
  text: string,
  { view, account }: CallSetting,
  lastMessage?: ReplyRequest['lastMessage'],
): ReplyRequest {
  return {
    id: 'call',
    text,
    locale: view.locale,
    at: formatIsoInstant(view.now),
    zone: view.homeZone ?? 'UTC',
    channel: 'voice',
    currency: account.currency,
    balance: account.balance,
    minimumDue: account.minimumDue > 0 ? account.minimumDue : account.pastDue,
    ...(lastMessage !== undefined && { lastMessage }),
  };
}
