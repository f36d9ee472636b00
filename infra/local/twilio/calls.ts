import { apiError, type ApiError } from './api-error.ts';
import { readCallDraft, type CallDraft } from './call-draft.ts';
import { CallScript, type Line } from './call-script.ts';
import type { RequestParameters } from './openapi-check.ts';
import type { CallOutcome } from './people.ts';
import type { CallRecord } from './records.ts';
import { apiVersion, rfc2822, sidOf, talkedSeconds } from './resources.ts';
import type { WebhookParameters } from './webhooks.ts';
import { createContactCounter, createPacer, incomingContact, type TwilioWorld } from './world.ts';

/** From taking a call to dialling it, and from there to the first ring, when nothing waits before it. */
const dialDelayMs = 500;
const firstRingMs = 1_000;
/** How long answering-machine detection listens before it is sure. */
const detectionMs = 3_500;

type CallStatus = CallRecord['status'];
const finalStatuses: ReadonlySet<CallStatus> = new Set([
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
]);

/** Twilio's voice side: dials in virtual time, plays our script to whoever picks up, and reports. */
export class Calls {
  readonly #world: TwilioWorld;
  readonly #pace: (earliestAt: number) => number;
  readonly #records = new Map<string, CallRecord>();
  readonly #countEarlier = createContactCounter();

  constructor(world: TwilioWorld, callsPerSecond: number | undefined) {
    this.#world = world;
    this.#pace = createPacer(callsPerSecond);
    this.#restore();
  }

  find(sid: string): CallRecord | undefined {
    return this.#records.get(sid);
  }

  /** All calls of all runs, oldest first. */
  all(): readonly CallRecord[] {
    return [...this.#records.values()];
  }

  create(parameters: RequestParameters): CallRecord | ApiError {
    const draft = readCallDraft(parameters);
    return 'code' in draft ? draft : this.#accept(draft);
  }

  /** Ends a call from our side: `canceled` before somebody picked up, `completed` after. */
  async end(sid: string): Promise<CallRecord | ApiError> {
    const record = this.#records.get(sid);
    if (record === undefined) return apiError(20404, sid);
    if (finalStatuses.has(record.status)) return apiError(21220);
    return this.#finish(sid, record.status === 'in-progress' ? 'completed' : 'canceled');
  }

  #accept(draft: CallDraft): CallRecord | ApiError {
    const outcome = this.#world.people.call(incomingContact(draft, 'call', this.#countEarlier(draft.to)));
    if (outcome.kind === 'refused') return apiError(outcome.errorCode, draft.to);
    const at = this.#world.clock.now();
    const sid = sidOf('CA', this.#world.seed, this.#records.size);
    const record: CallRecord = {
      ...draft,
      sid,
      status: 'queued',
      createdAt: at,
      updatedAt: at,
      callbacks: 0,
      transcript: [],
      outcome,
    };
    this.#save(record);
    this.#dial(record);
    return record;
  }

  #dial(record: CallRecord): void {
    this.#at(this.#pace(record.createdAt + dialDelayMs), record.sid, async () => {
      this.#change(record.sid, { startedAt: this.#world.clock.now() });
      await this.#progress(record.sid, 'initiated', 'initiated');
      this.#at(this.#world.clock.now() + firstRingMs, record.sid, () => this.#ring(record.sid));
    });
  }

  async #ring(sid: string): Promise<void> {
    const record = this.#change(sid, { status: 'ringing' });
    await this.#progress(sid, 'ringing', 'ringing');
    const { outcome } = record;
    const ringMs = 'ringMs' in outcome ? outcome.ringMs : Infinity;
    const timeoutMs = record.timeoutSeconds * 1_000;
    const { clock } = this.#world;
    if (ringMs > timeoutMs) {
      this.#at(clock.now() + timeoutMs, sid, () => this.#finish(sid, 'no-answer'));
    } else if (outcome.kind === 'busy' || outcome.kind === 'failed') {
      const status = outcome.kind;
      this.#at(clock.now() + ringMs, sid, () => this.#finish(sid, status));
    } else {
      this.#at(clock.now() + ringMs, sid, () => this.#pickUp(sid));
    }
  }

  async #pickUp(sid: string): Promise<void> {
    const { clock } = this.#world;
    const record = this.#change(sid, { status: 'in-progress', answeredAt: clock.now() });
    await this.#progress(sid, 'answered', 'in-progress');
    const { outcome } = record;
    if (outcome.kind === 'human' && outcome.hangUpAfterMs !== undefined) {
      this.#at(clock.now() + outcome.hangUpAfterMs, sid, () => this.#finish(sid, 'completed'));
    }
    if (record.machineDetection === undefined) return this.#startScript(sid, {});
    if (record.asyncAmdStatusCallback !== undefined) await this.#startScript(sid, {});
    const { answeredBy, afterMs } = detect(outcome, record.machineDetection);
    this.#at(clock.now() + afterMs, sid, () => this.#detected(sid, answeredBy, afterMs));
  }

  async #detected(sid: string, answeredBy: string, afterMs: number): Promise<void> {
    const record = this.#change(sid, { answeredBy });
    const found = { AnsweredBy: answeredBy, MachineDetectionDuration: String(afterMs) };
    const url = record.asyncAmdStatusCallback;
    if (url === undefined) await this.#startScript(sid, found);
    else
      await this.#world.webhooks.notify(url, { ...callParameters(this.#world.accountSid, record), ...found });
  }

  async #startScript(sid: string, extra: WebhookParameters): Promise<void> {
    const record = this.#get(sid);
    const script = new CallScript(this.#line(sid), this.#world.webhooks, record.url ?? '');
    await (record.twiml === undefined
      ? script.fetch(record.url ?? '', extra, 'POST')
      : script.play(record.twiml));
  }

  #line(sid: string): Line {
    return {
      outcome: this.#get(sid).outcome,
      parameters: () => callParameters(this.#world.accountSid, this.#get(sid)),
      isUp: () => this.#get(sid).status === 'in-progress',
      say: (who, text) => {
        const { transcript } = this.#get(sid);
        this.#change(sid, { transcript: [...transcript, { at: this.#world.clock.now(), who, text }] });
      },
      later: (delayMs, run) => this.#at(this.#world.clock.now() + delayMs, sid, run),
      end: async (problem) => {
        if (problem !== undefined) {
          this.#change(sid, { problem });
          this.#world.problems.push(`${sid}: ${problem}`);
        }
        await this.#finish(sid, 'completed');
      },
    };
  }

  async #finish(sid: string, status: CallStatus): Promise<CallRecord> {
    this.#change(sid, { status, endedAt: this.#world.clock.now() });
    await this.#progress(sid, 'completed', status);
    const record = this.#get(sid);
    this.#save(record);
    return record;
  }

  /** Reports one call progress event, when the call asked for it. */
  async #progress(
    sid: string,
    event: CallRecord['statusCallbackEvents'][number],
    status: CallStatus | 'initiated',
  ): Promise<void> {
    const record = this.#get(sid);
    if (record.statusCallback === undefined || !record.statusCallbackEvents.includes(event)) return;
    this.#change(sid, { callbacks: record.callbacks + 1 });
    await this.#world.webhooks.notify(record.statusCallback, {
      ...callParameters(this.#world.accountSid, record),
      CallStatus: status,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(record.callbacks),
      Timestamp: rfc2822(record.updatedAt),
      ...(record.answeredBy === undefined ? {} : { AnsweredBy: record.answeredBy }),
      ...(event === 'completed' ? endParameters(record) : {}),
    });
  }

  /** Goes on with a call at a later moment, unless it has ended by then. */
  #at(atMs: number, sid: string, run: () => Promise<unknown>): void {
    this.#world.clock.schedule(atMs, async () => {
      if (!finalStatuses.has(this.#get(sid).status)) await run();
    });
  }

  #change(sid: string, change: Partial<CallRecord>): CallRecord {
    const record = { ...this.#get(sid), ...change, updatedAt: this.#world.clock.now() };
    this.#records.set(sid, record);
    return record;
  }

  #get(sid: string): CallRecord {
    const record = this.#records.get(sid);
    if (record === undefined) throw new Error(`call ${sid} does not exist`);
    return record;
  }

  #save(record: CallRecord): void {
    this.#records.set(record.sid, record);
    this.#world.journal.append({ kind: 'call', record });
  }

  /**
   * A call that was not over when the machine died is played from its start: Twilio would have gone on without us, and
   * only the emulator's own life ended. It stays one call in the records.
   */
  #restore(): void {
    for (const entry of this.#world.journal.restored) {
      if (entry.kind === 'call') this.#records.set(entry.record.sid, entry.record);
    }
    for (const record of this.#records.values()) {
      this.#countEarlier(record.to);
      if (!finalStatuses.has(record.status)) this.#dial(record);
    }
  }
}

/** What detection concludes, and how long after picking up. A person is told from a machine early; its message ends late. */
function detect(
  outcome: CallOutcome,
  mode: NonNullable<CallRecord['machineDetection']>,
): { answeredBy: string; afterMs: number } {
  if (outcome.kind !== 'machine') return { answeredBy: 'human', afterMs: detectionMs };
  if (mode === 'Enable') return { answeredBy: 'machine_start', afterMs: detectionMs };
  return {
    answeredBy: outcome.beep ? 'machine_end_beep' : 'machine_end_silence',
    afterMs: Math.max(detectionMs, outcome.greetingMs),
  };
}

function endParameters(record: CallRecord): WebhookParameters {
  const { outcome } = record;
  const sipCode = outcome.kind === 'failed' ? outcome.sipResponseCode : undefined;
  return {
    CallDuration: String(talkedSeconds(record)),
    ...(sipCode === undefined ? {} : { SipResponseCode: String(sipCode) }),
  };
}

function callParameters(accountSid: string, record: CallRecord): WebhookParameters {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    CallSid: record.sid,
    CallStatus: record.status,
    Called: record.to,
    Caller: record.from,
    Direction: 'outbound-api',
    From: record.from,
    To: record.to,
  };
}
