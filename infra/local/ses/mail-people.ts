import * as z from 'zod';

const DurationMsSchema = z.number().nonnegative();

/** What becomes of a mail. */
export const MailOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delivered'), delayMs: DurationMsSchema }),
  /** The mailbox does not exist (`Permanent`), or is full for now (`Transient`). */
  z.strictObject({
    kind: z.literal('bounced'),
    type: z.enum(['Permanent', 'Transient']),
    delayMs: DurationMsSchema,
  }),
  /** Delivered, and then reported as spam. */
  z.strictObject({
    kind: z.literal('complained'),
    delayMs: DurationMsSchema,
    complainAfterMs: DurationMsSchema,
  }),
  /** Nothing is ever heard of it: only that SES has sent it. */
  z.strictObject({ kind: z.literal('no_report') }),
  /** SES itself says no, in its answer to the request. */
  z.strictObject({ kind: z.literal('refused'), code: z.string() }),
]);
export type MailOutcome = z.infer<typeof MailOutcomeSchema>;

/** What a mailbox can know of a mail before it comes. */
export interface IncomingMail {
  readonly to: string;
  readonly subject: string;
  /** Our own contact id from the mail's tags, where the sender put it. */
  readonly contactId?: string | undefined;
  /** How many this address has had before. */
  readonly earlier: number;
}

/** Decides for each mail what will come of it. Asked once a mail, when SES takes it. */
export type MailPeople = (mail: IncomingMail) => MailOutcome;

const deliveryMs = 2_000;
const complaintMs = 600_000;

/** The addresses of SES's mailbox simulator (docs.aws.amazon.com/ses, "Using the mailbox simulator"), and two of ours. */
const magicMail: Readonly<Record<string, MailOutcome>> = {
  'bounce@simulator.amazonses.com': { kind: 'bounced', type: 'Permanent', delayMs: deliveryMs },
  'suppressionlist@simulator.amazonses.com': { kind: 'bounced', type: 'Permanent', delayMs: deliveryMs },
  'ooto@simulator.amazonses.com': { kind: 'bounced', type: 'Transient', delayMs: deliveryMs },
  'complaint@simulator.amazonses.com': {
    kind: 'complained',
    delayMs: deliveryMs,
    complainAfterMs: complaintMs,
  },
  'noreport@simulator.amazonses.com': { kind: 'no_report' },
  'rejected@example.com': { kind: 'refused', code: 'MessageRejected' },
};

/** Everybody gets the mail, except at the magic addresses. */
export const magicMailPeople: MailPeople = ({ to }) =>
  magicMail[to] ?? { kind: 'delivered', delayMs: deliveryMs };
