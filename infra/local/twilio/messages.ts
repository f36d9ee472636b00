import { apiError, type ApiError } from './api-error.ts';
import { readMessageDraft, validitySecondsMax, type MessageDraft } from './message-draft.ts';
import type { RequestParameters } from './openapi-check.ts';
import type { MessageRecord } from './records.ts';
import { apiVersion, sidOf } from './resources.ts';
import { parseTwiml } from './twiml.ts';
import type { WebhookParameters } from './webhooks.ts';
import { createContactCounter, createPacer, incomingContact, type TwilioWorld } from './world.ts';

/** From accepting a message to handing it to the carrier when nothing waits before it. */
const queueDelayMs = 500;
/** "Validity Period Expired". */
const expiredCode = 30_036;

/** Twilio's default opt-out keywords; it answers them itself and refuses later messages with 21610. */
const optOutWords = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']);
const optInWords = new Set(['START', 'YES', 'UNSTOP']);

export interface InboundSms {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** Twilio's SMS side: takes messages, hands them on in virtual time, and reports what became of them. */
export class Messages {
  readonly #world: TwilioWorld;
  readonly #pace: (earliestAt: number) => number;
  readonly #records = new Map<string, MessageRecord>();
  readonly #countEarlier = createContactCounter();
  readonly #optedOut = new Set<string>();

  constructor(world: TwilioWorld, messagesPerSecond: number | undefined) {
    this.#world = world;
    this.#pace = createPacer(messagesPerSecond);
    this.#restore();
  }

  find(sid: string): MessageRecord | undefined {
    return this.#records.get(sid);
  }

  /** All messages of all runs, oldest first. */
  all(): readonly MessageRecord[] {
    return [...this.#records.values()];
  }

  create(parameters: RequestParameters): MessageRecord | ApiError {
    const draft = readMessageDraft(parameters);
    return 'code' in draft ? draft : this.#accept(draft);
  }

  /** A person writes to us: posts it to the webhook, and sends the <Message> replies that its TwiML gives. */
  async receive(sms: InboundSms, webhookUrl: string): Promise<void> {
    const word = sms.body.trim().toUpperCase();
    if (optOutWords.has(word)) this.#opt(sms.from, true);
    if (optInWords.has(word)) this.#opt(sms.from, false);
    const record = this.#add(
      { ...sms, direction: 'inbound', statusCallback: undefined, validitySeconds: validitySecondsMax },
      'received',
      { kind: 'no_report' },
    );
    const answer = await this.#world.webhooks.ask(
      webhookUrl,
      inboundParameters(this.#world.accountSid, record),
    );
    if (!answer.ok) this.#world.problems.push(answer.why);
    else this.#reply(sms, answer.body);
  }

  #accept(draft: MessageDraft): MessageRecord | ApiError {
    const outcome = this.#world.people.sms(incomingContact(draft, 'sms', this.#countEarlier(draft.to)));
    if (outcome.kind === 'refused') return apiError(outcome.errorCode, draft.to);
    if (this.#optedOut.has(draft.to)) return apiError(21610);
    const record = this.#add(draft, 'queued', outcome);
    this.#hand(record);
    return record;
  }

  #add(
    draft: MessageDraft,
    status: MessageRecord['status'],
    outcome: MessageRecord['outcome'],
  ): MessageRecord {
    const at = this.#world.clock.now();
    const sid = sidOf('SM', this.#world.seed, this.#records.size);
    const record = { ...draft, sid, status, createdAt: at, updatedAt: at, outcome };
    this.#save(record);
    return record;
  }

  /** Plans the moment when the message leaves Twilio's queue, or expires in it. */
  #hand(record: MessageRecord): void {
    const { clock } = this.#world;
    const queueMs = record.outcome.kind === 'refused' ? 0 : (record.outcome.queueMs ?? 0);
    const expiresAt = record.createdAt + record.validitySeconds * 1_000;
    const handAt = record.createdAt + queueDelayMs + queueMs;
    const sendAt = handAt < expiresAt ? this.#pace(handAt) : handAt;
    if (sendAt < expiresAt) {
      clock.schedule(sendAt, () =>
        this.#move(record.sid, { status: 'sent', sentAt: Math.max(sendAt, clock.now()) }),
      );
    } else {
      clock.schedule(expiresAt, () => this.#move(record.sid, { status: 'failed', errorCode: expiredCode }));
    }
  }

  /** Plans the carrier's delivery report of a message that was sent. */
  #report(record: MessageRecord): void {
    const { outcome } = record;
    if (outcome.kind !== 'delivered' && outcome.kind !== 'undelivered') return;
    const change =
      outcome.kind === 'delivered'
        ? { status: outcome.kind }
        : { status: outcome.kind, errorCode: outcome.errorCode };
    this.#world.clock.schedule((record.sentAt ?? record.createdAt) + outcome.delayMs, () =>
      this.#move(record.sid, change),
    );
  }

  /** The journal is written after the callback, so that a crash between them repeats the callback and loses none. */
  async #move(sid: string, change: Partial<MessageRecord>): Promise<void> {
    const before = this.#records.get(sid);
    if (before === undefined) return;
    const record = { ...before, ...change, updatedAt: this.#world.clock.now() };
    this.#records.set(sid, record);
    if (record.statusCallback !== undefined) {
      await this.#world.webhooks.notify(
        record.statusCallback,
        statusParameters(this.#world.accountSid, record),
      );
    }
    this.#save(record);
    if (record.status === 'sent') this.#report(record);
  }

  #reply(inbound: InboundSms, twiml: string): void {
    if (twiml.trim() === '') return;
    for (const verb of parseTwiml(twiml)) {
      if (verb.name === 'Message') {
        this.#accept({
          to: inbound.from,
          from: inbound.to,
          body: verb.text,
          direction: 'outbound-reply',
          statusCallback: undefined,
          validitySeconds: validitySecondsMax,
        });
      } else {
        this.#world.problems.push(
          `12200 <${verb.name}> in the answer to an inbound message is not played by the emulator`,
        );
      }
    }
  }

  #opt(number: string, out: boolean): void {
    this.#setOpt(number, out);
    this.#world.journal.append({ kind: 'opt', number, out });
  }

  #setOpt(number: string, out: boolean): void {
    if (out) this.#optedOut.add(number);
    else this.#optedOut.delete(number);
  }

  #save(record: MessageRecord): void {
    this.#records.set(record.sid, record);
    this.#world.journal.append({ kind: 'message', record });
  }

  #restore(): void {
    for (const entry of this.#world.journal.restored) {
      if (entry.kind === 'message') this.#records.set(entry.record.sid, entry.record);
      if (entry.kind === 'opt') this.#setOpt(entry.number, entry.out);
    }
    for (const record of this.#records.values()) {
      this.#countEarlier(record.to);
      if (record.status === 'queued') this.#hand(record);
      if (record.status === 'sent') this.#report(record);
    }
  }
}

function statusParameters(accountSid: string, record: MessageRecord): WebhookParameters {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    From: record.from,
    MessageSid: record.sid,
    MessageStatus: record.status,
    SmsSid: record.sid,
    SmsStatus: record.status,
    To: record.to,
    ...(record.errorCode === undefined ? {} : { ErrorCode: String(record.errorCode) }),
  };
}

function inboundParameters(accountSid: string, record: MessageRecord): WebhookParameters {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Body: record.body,
    From: record.from,
    MessageSid: record.sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: record.sid,
    SmsSid: record.sid,
    SmsStatus: 'received',
    To: record.to,
  };
}
