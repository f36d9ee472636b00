import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readMail } from '#functions/_adapters/mime/read-mail.ts';
import type { ReceivedMails } from '#functions/_adapters/s3/received-mails.ts';
import {
  isFromItsDomain,
  readReceivedNotice,
  type ReceivedNotice,
} from '#functions/_adapters/ses/read-received-mail.ts';
import { eachNotification, type TopicParts } from '#functions/_runtime/topic-batch.ts';
import { receiveMail, type ReceiveMailParts } from '#shared/usecases/receive-mail.ts';

/** What of a mail is read, in bytes: its text stands before what is attached. */
const mailBytesMax = 2 * 1_048_576;

export interface Parts extends ReceiveMailParts, TopicParts {
  readonly mails: ReceivedMails;
  /** The bucket that SES writes mails to: no other is read, whatever a notification says. */
  readonly bucket: string;
}

/** Mails that people write to us. A notification that does not carry our topic's signature changes nothing. */
export function createHandler(parts: Parts) {
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachNotification(
      event,
      parts,
      async (message) => `mail_${await take(readReceivedNotice(message), parts)}`,
    );
}

/**
 * Reads a mail and takes it in. What carries a virus is not even opened.
 * @throws Error when the person changed again and again meanwhile, so that the queue delivers the notification again.
 */
async function take(notice: ReceivedNotice, { mails, bucket, ...parts }: Parts): Promise<string> {
  if (notice.bucket !== bucket) return 'elsewhere';
  if (notice.verdicts.virus === 'FAIL') return 'virus';
  const raw = await mails.read(notice.key, mailBytesMax);
  if (raw === undefined) return 'gone';
  const mail = await readMail(raw);
  if (mail === undefined) return 'unreadable';
  const isSpam = notice.verdicts.spam === 'FAIL';
  const outcome = await receiveMail(
    {
      ...mail,
      key: notice.key,
      at: notice.at,
      recipients: notice.recipients,
      isAutomatic: mail.isAutomatic || notice.envelopeFrom === '',
      isAuthentic: !isSpam && isFromItsDomain(notice, mail),
    },
    parts,
  );
  if (outcome === 'busy') throw new Error('the person changed again and again: let the queue try again');
  return outcome;
}
