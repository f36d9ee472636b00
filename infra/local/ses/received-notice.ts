import type { ReadyMail } from './write-mail.ts';

/** A mail that SES has taken in, and where it put it. */
export interface TakenMail {
  readonly mail: Pick<ReadyMail, 'to' | 'subject' | 'verdicts'>;
  /** The SMTP sender; empty for a failure that is told. */
  readonly envelopeFrom: string;
  readonly from: string;
  readonly messageId: string;
  readonly sesId: string;
  readonly at: number;
  readonly place: { readonly bucket: string; readonly prefix: string; readonly topicArn: string };
}

/** The notification of an S3 action (SES Developer Guide, "Contents of notifications for Amazon SES email receiving"). */
export function receivedNotice({ mail, envelopeFrom, from, messageId, sesId, at, place }: TakenMail): string {
  const timestamp = new Date(at).toISOString();
  const { to, subject, verdicts } = mail;
  const said = Object.fromEntries(
    Object.entries(verdicts).map(([check, status]) => [`${check}Verdict`, { status }]),
  );
  return JSON.stringify({
    notificationType: 'Received',
    mail: {
      timestamp,
      source: envelopeFrom,
      messageId: sesId,
      destination: [to],
      headersTruncated: false,
      headers: [
        { name: 'From', value: from },
        { name: 'To', value: to },
        { name: 'Subject', value: subject },
        { name: 'Message-ID', value: messageId },
      ],
      commonHeaders: { from: [from], to: [to], messageId, subject },
    },
    receipt: {
      timestamp,
      processingTimeMillis: 500,
      recipients: [to],
      ...said,
      action: {
        type: 'S3',
        topicArn: place.topicArn,
        bucketName: place.bucket,
        objectKeyPrefix: place.prefix,
        objectKey: `${place.prefix}${sesId}`,
      },
    },
  });
}
