import * as z from 'zod';
import type { Instant } from '#shared/kernel/instant.ts';
import { toInstant } from '#shared/kernel/instant.ts';

/** Longest address that is read (RFC 5321, 4.5.3.1.3, and some room), and most recipients that SES allows. */
const addressMax = 320;
const recipientsMax = 100;

const verdict = z.looseObject({ status: z.string().max(40) }).transform(({ status }) => status);

/** (SES Developer Guide, "Contents of notifications for Amazon SES email receiving".) */
const NotificationSchema = z.looseObject({
  notificationType: z.literal('Received'),
  mail: z.looseObject({ source: z.string().max(addressMax).default('') }),
  receipt: z.looseObject({
    timestamp: z.iso.datetime(),
    recipients: z.array(z.string().max(addressMax)).max(recipientsMax),
    spamVerdict: verdict,
    virusVerdict: verdict,
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
    action: z.looseObject({ type: z.literal('S3'), bucketName: z.string(), objectKey: z.string().min(1) }),
  }),
});

/** A mail that SES has taken in for us, and what its checks said. `PASS`, `FAIL`, or that nothing can be said. */
export interface ReceivedNotice {
  readonly at: Instant;
  readonly bucket: string;
  readonly key: string;
  /** Our addresses that it came to. */
  readonly recipients: readonly string[];
  /** To whom a failure to deliver it would be told; empty when it is such a telling itself. */
  readonly envelopeFrom: string;
  readonly verdicts: {
    readonly spam: string;
    readonly virus: string;
    readonly spf: string;
    readonly dkim: string;
    readonly dmarc: string;
  };
}

/**
 * Reads what SES tells of a mail that it has taken in.
 *
 * @throws SyntaxError or ZodError when the message is no such notification.
 */
export function readReceivedNotice(message: string): ReceivedNotice {
  const { mail, receipt } = NotificationSchema.parse(JSON.parse(message));
  return {
    at: toInstant(Date.parse(receipt.timestamp)),
    bucket: receipt.action.bucketName,
    key: receipt.action.objectKey,
    recipients: receipt.recipients,
    envelopeFrom: mail.source.replaceAll(/[<>\s]/gu, '').toLowerCase(),
    verdicts: {
      spam: receipt.spamVerdict,
      virus: receipt.virusVerdict,
      spf: receipt.spfVerdict,
      dkim: receipt.dkimVerdict,
      dmarc: receipt.dmarcVerdict,
    },
  };
}

/**
 * Whether a mail surely comes from the domain that it names. DMARC says so, or where that domain has no DMARC: SPF for the
 * very domain, or the one signature that it has is the domain's own.
 */
export function isFromItsDomain(
  { verdicts, envelopeFrom }: Pick<ReceivedNotice, 'verdicts' | 'envelopeFrom'>,
  { from, signedBy }: { readonly from?: string | undefined; readonly signedBy: readonly string[] },
): boolean {
  if (from === undefined || verdicts.dmarc === 'FAIL') return false;
  const domain = domainOf(from);
  const isSent = verdicts.spf === 'PASS' && domainOf(envelopeFrom) === domain;
  return verdicts.dmarc === 'PASS' || isSent || (verdicts.dkim === 'PASS' && isOnly(domain, signedBy));
}

/** Of several signatures nobody says which one was right. */
function isOnly(domain: string, [signer, another]: readonly string[]): boolean {
  return signer?.toLowerCase() === domain && another === undefined;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
