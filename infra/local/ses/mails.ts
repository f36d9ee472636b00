import type { Journal } from '../twilio/journal.ts';
import type { LocalClock } from '../twilio/local-clock.ts';
import { createContactCounter } from '../twilio/world.ts';
import type { MailPeople } from './mail-people.ts';
import type { MailRecord, SesEventType } from './mail-record.ts';
import { sesEvent } from './ses-event.ts';
import type { MailDraft, SesError } from './send-email-request.ts';

/** Hands on one event of a mail that named a configuration set. `message` is the JSON that SNS carries. */
export type PublishSesEvent = (event: {
  configurationSet: string;
  type: SesEventType;
  message: string;
}) => Promise<void>;

interface MailsOptions {
  readonly clock: LocalClock;
  readonly people: MailPeople;
  readonly journal: Journal<MailRecord>;
  readonly publish: PublishSesEvent;
}

/** The mails that the local SES has taken, and what becomes of them in virtual time. */
export class Mails {
  readonly #options: MailsOptions;
  readonly #records = new Map<string, MailRecord>();
  readonly #countEarlier = createContactCounter();

  constructor(options: MailsOptions) {
    this.#options = options;
    for (const record of options.journal.restored) this.#records.set(record.messageId, record);
    for (const record of this.#records.values()) {
      this.#countEarlier(record.to);
      this.#plan(record);
    }
  }

  /** All mails of all runs, oldest first. */
  all(): readonly MailRecord[] {
    return [...this.#records.values()];
  }

  accept(draft: MailDraft): MailRecord | SesError {
    const outcome = this.#options.people({ ...draft, earlier: this.#countEarlier(draft.to) });
    if (outcome.kind === 'refused')
      return { status: 400, code: outcome.code, message: 'refused by the simulated SES' };
    const acceptedAt = this.#options.clock.now();
    const record: MailRecord = {
      ...draft,
      messageId: messageIdOf(acceptedAt, this.#records.size),
      acceptedAt,
      outcome,
      published: [],
    };
    this.#save(record);
    this.#plan(record);
    return record;
  }

  /** Plans the events that are still to come, each at its own time. */
  #plan(record: MailRecord): void {
    if (record.configurationSet === undefined) return;
    for (const [type, delayMs] of eventsOf(record)) {
      if (record.published.includes(type)) continue;
      this.#options.clock.schedule(record.acceptedAt + delayMs, () => this.#publish(record.messageId, type));
    }
  }

  /** The journal is written after the event, so that a crash between them repeats the event and loses none. */
  async #publish(messageId: string, type: SesEventType): Promise<void> {
    const record = this.#records.get(messageId);
    if (record?.configurationSet === undefined) return;
    const message = JSON.stringify(sesEvent(record, type, this.#options.clock.now()));
    await this.#options.publish({ configurationSet: record.configurationSet, type, message });
    this.#save({ ...record, published: [...record.published, type] });
  }

  #save(record: MailRecord): void {
    this.#records.set(record.messageId, record);
    this.#options.journal.append(record);
  }
}

function eventsOf({ outcome }: MailRecord): readonly (readonly [SesEventType, number])[] {
  switch (outcome.kind) {
    case 'delivered':
      return [
        ['Send', 0],
        ['Delivery', outcome.delayMs],
      ];
    case 'bounced':
      return [
        ['Send', 0],
        ['Bounce', outcome.delayMs],
      ];
    case 'complained':
      return [
        ['Send', 0],
        ['Delivery', outcome.delayMs],
        ['Complaint', outcome.delayMs + outcome.complainAfterMs],
      ];
    case 'no_report':
      return [['Send', 0]];
    case 'refused':
      return [];
  }
}

/** An id of the form that SES gives, from the time and the mail's ordinal: the same in every run, never given twice. */
function messageIdOf(acceptedAt: number, ordinal: number): string {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
  return `0100${hex(acceptedAt, 12)}-${hex(ordinal, 8)}-0000-4000-8000-${hex(ordinal, 12)}-000000`;
}
