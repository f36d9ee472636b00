import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { VoiceMoment, VoiceScript, VoiceStep } from '#shared/contracts/voice-script.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { fillText } from '#shared/core/messages/fill-text.ts';
import { isStillMeant } from '#shared/core/messages/still-meant.ts';
import { subjectOf, type MessageSubject } from '#shared/core/messages/message-subject.ts';
import { renderVoice, type RenderedVoice } from '#shared/core/render/render.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { stopForContact } from '#shared/core/stops/stop-for-contact.ts';

/** How long a call waits for the key that says "yes, it is me", in seconds. */
const keyWaitSeconds = 10;

const silence: VoiceScript = { locale: fallbackLocale, steps: [{ kind: 'hangup' }] };

/**
 * What a call plays at a moment. A person first hears a greeting that discloses nothing and presses a key to hear who
 * calls and why; a machine gets only the limited message. A call nobody knows of, about accounts that have been paid
 * meanwhile or a promise that was kept, or that was stopped while it rang, ends without a word about any debt.
 */
export async function voiceScript(
  moment: VoiceMoment,
  {
    store,
    clock,
    rules,
  }: { readonly store: DebtorStore; readonly clock: Clock; readonly rules: RulesSource },
): Promise<VoiceScript> {
  const person = await store.load(moment.debtorId);
  const entry = person?.attempts.find((one) => one.contactId === moment.contactId && one.channel === 'call');
  if (person === null || entry === undefined) return silence;
  const inForce = await rules.current();
  const subject = subjectOf(entry, { person, rules: inForce, now: clock.now() });
  const filled = fillText('call', subject, renderVoice);
  if ('refused' in filled) return silence;
  const isStopped = stopForContact(inForce.stops, entry, person) !== undefined;
  const steps = stepsFor(moment, filled.rendered, !isStopped && isStillSo(entry, subject));
  const heard = heardBy(moment);
  if (heard !== null && !isStopped)
    await store.recordAttempt(person.debtorId, entry.contactId, { state: heard, at: clock.now() });
  return { locale: entry.locale, steps };
}

function stepsFor({ answeredBy, pressed }: VoiceMoment, texts: RenderedVoice, speaks: boolean): VoiceStep[] {
  const say = (text: string): VoiceStep[] => [{ kind: 'say', text }, { kind: 'hangup' }];
  if (!speaks) return say(texts.goodbye);
  if (answeredBy === 'machine') return say(texts.machine);
  if (pressed !== null) return say(texts.message);
  return [{ kind: 'ask', text: texts.greeting, waitSeconds: keyWaitSeconds }, ...say(texts.goodbye)];
}

/** Whether what the call is about is still due, and was neither kept nor withdrawn. */
function isStillSo(entry: LedgerEntry, subject: MessageSubject): boolean {
  return isStillOwed(entry, subject.person) && isStillMeant(subject);
}

/** Pre-due reminders speak of what will fall due; all others only of what is still past due. */
function isStillOwed({ about, purpose }: LedgerEntry, person: Person): boolean {
  return about.some(({ accountId, dueDate }) =>
    person.accounts.some(
      (account) =>
        account.accountId === accountId &&
        (account.pastDue > 0 ||
          (purpose === 'reminder' && account.dueDate === dueDate && account.minimumDue > 0)),
    ),
  );
}

function heardBy({ answeredBy, pressed }: VoiceMoment): 'conversation' | 'voicemail' | null {
  if (answeredBy === 'machine') return 'voicemail';
  return pressed === null ? null : 'conversation';
}
