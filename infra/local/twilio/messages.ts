import { apiError, type ApiError } from './api-error.ts';
import { readMessageDraft, validitySecondsMax, type MessageDraft } from './message-draft.ts';
import type { RequestParameters } from './openapi-check.ts';
import { OptOuts } from './opt-outs.ts';
import type { MessageRecord } from './records.ts';
import { apiVersion, sidOf } from './resources.ts';
import { parseTwiml } from './twiml.ts';
import type { WebhookParameters } from './webhooks.ts';
import { createContactCounter, createPacer, incomingContact, type TwilioWorld } from './world.ts';

/** From accepting a message to handing it to the carrier when nothing waits before it. */
const queueDelayMs = 500;
/** "Validity Period Expired". */
const expiredCode = 30_036;

export interface InboundSms {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** Where Twilio posts messages to our numbers, as somebody has set it in its console. */
export interface SmsWebhooks {
  readonly url: string;
  /** Asked when the first does not answer; what neither takes is lost. */
  readonly fallbackUrl?: string;
}

/** Twilio's SMS side: takes messages, hands them on in virtual time, and reports what became of them. */
export class Messages {
  readonly #world: TwilioWorld;
  readonly #pace: (earliestAt: number) => number;
  readonly #records = new Map<string, MessageRecord>();
  readonly #countEarlier = createContactCounter();
  readonly #optOuts: OptOuts;
  readonly #tellsOptOutType: boolean;
  #webhooks: SmsWebhooks | undefined;

  constructor(
    world: TwilioWorld,
    options: { readonly perSecond: number | undefined; readonly tellsOptOutType: boolean },
  ) {
    this.#world = world;
    this.#optOuts = new OptOuts(world.journal);
    this.#tellsOptOutType = options.tellsOptOutType;
    this.#pace = createPacer(options.perSecond);
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

  /** Sets where messages to our numbers are posted. */
  connect(webhooks: SmsWebhooks): void {
    this.#webhooks = webhooks;
  }

  /**
   * A person writes to us: acts on a keyword as Twilio does, posts the message to our webhook, and sends the <Message> replies
   * that its TwiML gives. Twilio's own reply to a keyword comes first.
   */
  async receive(sms: InboundSms, webhooks = this.#webhooks): Promise<MessageRecord> {
    const keyword = this.#optOuts.hear(sms);
    const record = this.#add(
      { ...sms, direction: 'inbound', statusCallback: undefined, validitySeconds: validitySecondsMax },
      'received',
      { kind: 'no_report' },
    );
    if (keyword !== undefined) this.#hand(this.#add(replyTo(sms, keyword.reply), 'queued', delivered));
    const parameters = {
      ...inboundParameters(this.#world.accountSid, record),
      ...(keyword !== undefined && this.#tellsOptOutType && { OptOutType: keyword.type }),
    };
    const answer = await this.#ask(webhooks, parameters);
    if (answer !== undefined) this.#reply(sms, answer);
    return record;
  }

  /** The TwiML of the first webhook that answers. */
  async #ask(webhooks: SmsWebhooks | undefined, parameters: WebhookParameters): Promise<string | undefined> {
    if (webhooks === undefined) this.#world.problems.push('no webhook is set for messages to our numbers');
    for (const url of webhooks === undefined ? [] : [webhooks.url, webhooks.fallbackUrl]) {
      if (url === undefined) continue;
      const answer = await this.#world.webhooks.ask(url, parameters);
      if (answer.ok) return answer.body;
      this.#world.problems.push(answer.why);
    }
    return undefined;
  }

  #accept(draft: MessageDraft): MessageRecord | ApiError {
    const outcome = this.#world.people.sms(incomingContact(draft, 'sms', this.#countEarlier(draft.to)));
    if (outcome.kind === 'refused') return apiError(outcome.errorCode, draft.to);
    if (this.#optOuts.has(draft.to, draft.from)) return apiError(21610);
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
        this.#accept(replyTo(inbound, verb.text));
      } else {
        this.#world.problems.push(
          `12200 <${verb.name}> in the answer to an inbound message is not played by the emulator`,
        );
      }
    }
  }

  #save(record: MessageRecord): void {
    this.#records.set(record.sid, record);
    this.#world.journal.append({ kind: 'message', record });
  }

  #restore(): void {
    for (const entry of this.#world.journal.restored) {
      if (entry.kind === 'message') this.#records.set(entry.record.sid, entry.record);
    }
    for (const record of this.#records.values()) {
      this.#countEarlier(record.to);
      if (record.status === 'queued') this.#hand(record);
      if (record.status === 'sent') this.#report(record);
    }
  }
}

const delivered = { kind: 'delivered', delayMs: 1_000 } as const;

function replyTo({ from, to }: InboundSms, body: string): MessageDraft {
  return {
    ...{ to: from, from: to, body, direction: 'outbound-reply' },
    ...{ statusCallback: undefined, validitySeconds: validitySecondsMax },
  };
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
