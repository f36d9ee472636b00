import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { openJournal } from '#infra/local/twilio/journal.ts';
import type { LocalClock } from '#infra/local/twilio/local-clock.ts';
import { checkForm, type FormProblem } from './check-form.ts';
import { chargeObject, disputeObject, sessionObject } from './events.ts';
import { isPaid, SessionRecordSchema, type PaidSession, type SessionRecord } from './records.ts';
import type { StripeWebhooks } from './webhooks.ts';

export interface SessionsOptions {
  readonly clock: LocalClock;
  readonly seed: string;
  readonly webhooks: StripeWebhooks;
  readonly journalPath?: string | undefined;
}

/** The hosted pages that were opened, and the money that moved on them. Every change is told by an event. */
export class StripeSessions {
  readonly #byId = new Map<string, SessionRecord>();
  readonly #options: SessionsOptions;
  readonly #keep: (session: SessionRecord) => void;

  constructor(options: SessionsOptions) {
    this.#options = options;
    const journal = openJournal(options.journalPath, SessionRecordSchema);
    for (const session of journal.restored) this.#byId.set(session.id, session);
    this.#keep = (session) => {
      journal.append(session);
      this.#byId.set(session.id, session);
    };
  }

  all(): readonly SessionRecord[] {
    return [...this.#byId.values()];
  }

  find(id: string): SessionRecord | undefined {
    return this.#byId.get(id);
  }

  /** The session of a payment, by the id of its PaymentIntent. */
  ofPayment(intentId: string): PaidSession | undefined {
    return this.all()
      .filter(isPaid)
      .find(({ payment }) => payment.intentId === intentId);
  }

  /** Opens a page; the same key with the same form gives the same one, with another form it is refused. */
  open(form: URLSearchParams, idempotencyKey: string): SessionRecord | FormProblem | 'idempotency_error' {
    const text = form.toString();
    const before = this.all().find((session) => session.idempotencyKey === idempotencyKey);
    if (before !== undefined) return before.form === text ? before : 'idempotency_error';
    const createdAt = this.#options.clock.now();
    const made = checkForm(form, createdAt);
    if ('param' in made) return made;
    const id = `cs_test_${this.#hash(`session ${idempotencyKey}`)}`;
    const session = { id, createdAt, idempotencyKey, form: text, ...made };
    this.#keep(session);
    return session;
  }

  stateOf(session: SessionRecord): 'open' | 'paid' | 'expired' {
    if (isPaid(session)) return 'paid';
    return session.expiresAt <= this.#options.clock.now() ? 'expired' : 'open';
  }

  /** Somebody pays: once, however often they press. */
  async pay(id: string): Promise<void> {
    const session = this.#byId.get(id);
    if (session === undefined || this.stateOf(session) !== 'open') return;
    const payment = {
      intentId: `pi_${this.#hash(`intent ${id}`)}`,
      chargeId: `ch_${this.#hash(`charge ${id}`)}`,
      paidAt: this.#options.clock.now(),
      refunded: 0,
    };
    const paid = { ...session, payment };
    this.#keep(paid);
    await this.#options.webhooks.send('checkout.session.completed', sessionObject(paid));
  }

  /** The creditor refunds a part, in Stripe's smallest unit. */
  async refund(intentId: string, amount: number): Promise<void> {
    const session = this.#paid(intentId);
    const refunded = session.payment.refunded + amount;
    if (refunded > session.amount) throw new Error('more than was paid cannot be refunded');
    await this.#tell({ ...session, payment: { ...session.payment, refunded } }, 'charge.refunded');
  }

  /** The person's bank takes all of it back for now. */
  async dispute(intentId: string): Promise<void> {
    const session = this.#paid(intentId);
    const disputeId = `du_${this.#hash(`dispute ${intentId}`)}`;
    const disputed = { ...session, payment: { ...session.payment, disputeId } };
    await this.#tell(disputed, 'charge.dispute.created', 'needs_response');
    await this.#tell(disputed, 'charge.dispute.funds_withdrawn', 'needs_response');
  }

  async closeDispute(intentId: string, status: 'won' | 'lost'): Promise<void> {
    const session = this.#paid(intentId);
    await this.#tell(session, 'charge.dispute.closed', status);
    if (status === 'won') await this.#tell(session, 'charge.dispute.funds_reinstated', status);
  }

  async #tell(
    session: PaidSession,
    type: Stripe.Event['type'],
    status?: Stripe.Dispute.Status,
  ): Promise<void> {
    this.#keep(session);
    const object = status === undefined ? chargeObject(session) : disputeObject(session, status);
    await this.#options.webhooks.send(type, object);
  }

  #paid(intentId: string): PaidSession {
    const session = this.ofPayment(intentId);
    if (session === undefined) throw new Error(`there is no payment ${intentId}`);
    return session;
  }

  #hash(text: string): string {
    return createHash('sha256').update(`${this.#options.seed} ${text}`).digest('hex').slice(0, 24);
  }
}
