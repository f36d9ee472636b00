import { PutObjectCommand } from '@aws-sdk/client-s3';
import { operatorS3 } from '../operator-s3.ts';
import { listAt, objectAt, textAt } from '../json.ts';
import type { LocalRun } from '../local-run.ts';
import { receivedNotice } from './received-notice.ts';
import { rawMail, WrittenMailSchema, type WrittenMail } from './write-mail.ts';

/** Takes in a mail that somebody writes to us; resolves to its id, or to undefined when no rule takes mail to that address. */
export type ReceiveMail = (from: string, mail: WrittenMail) => Promise<string | undefined>;

/** One receipt rule of the template with its S3 action. */
interface Rule {
  readonly recipients: readonly string[];
  readonly place: { readonly bucket: string; readonly prefix: string; readonly topicArn: string };
}

/**
 * Receives mail as SES does by the receipt rules of the template: keeps it in the bucket, then publishes the notification. The
 * checks say what the writer wants them to. As on AWS a rule names domains or addresses; a `+tag` is part of an address.
 */
export function mailReceiver(run: LocalRun): ReceiveMail {
  const rules = run.resources.flatMap(({ type, properties }) =>
    type === 'AWS::SES::ReceiptRule' ? rulesOf(objectAt(properties, 'Rule')) : [],
  );
  const s3 = operatorS3(run);
  let count = 0;
  return async (from, written) => {
    const mail = WrittenMailSchema.parse(written);
    const rule = rules.find(({ recipients }) => recipients.some((one) => isMeant(mail.to, one)));
    if (rule === undefined) return undefined;
    const at = run.clock.now();
    const sesId = `${at.toString(16)}-${String((count += 1))}`;
    const messageId = mail.messageId ?? `<${sesId}@mail.example.com>`;
    const address = /<([^<>]+)>/.exec(from)?.[1] ?? from;
    await s3.send(
      new PutObjectCommand({
        Bucket: rule.place.bucket,
        Key: `${rule.place.prefix}${sesId}`,
        Body: rawMail(from, { ...mail, messageId }),
      }),
    );
    const taken = { mail, from, envelopeFrom: address, messageId, sesId, at, place: rule.place };
    await run.publishToTopic(rule.place.topicArn, receivedNotice(taken));
    return sesId;
  };
}

function rulesOf(rule: ReturnType<typeof objectAt>): Rule[] {
  const recipients = listAt(rule, 'Recipients').map(String);
  return listAt(rule, 'Actions').flatMap((action) => {
    const s3 = objectAt(action, 'S3Action');
    const bucket = textAt(s3, 'BucketName');
    const prefix = textAt(s3, 'ObjectKeyPrefix') ?? '';
    const topicArn = textAt(s3, 'TopicArn');
    return bucket === undefined || topicArn === undefined
      ? []
      : [{ recipients, place: { bucket, prefix, topicArn } }];
  });
}

/** (SES Developer Guide, "Receipt rules": an address, a domain, or with a dot before it what is below a domain.) */
function isMeant(to: string, recipient: string): boolean {
  const address = to.toLowerCase();
  if (recipient.startsWith('.')) return address.endsWith(recipient);
  return recipient.includes('@') ? address === recipient : address.endsWith(`@${recipient}`);
}
