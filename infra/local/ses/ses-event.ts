import type { MailRecord, SesEventType } from './mail-record.ts';

const accountId = '000000000000';

/**
 * The record that SES publishes to SNS for one event of a mail, in the form of "Examples of event data that Amazon SES
 * publishes to Amazon SNS" (docs.aws.amazon.com/ses).
 */
export function sesEvent(mail: MailRecord, type: SesEventType, at: number): Record<string, unknown> {
  return { eventType: type, mail: mailPart(mail), ...detail(mail, type, new Date(at).toISOString()) };
}

function mailPart(mail: MailRecord): Record<string, unknown> {
  const timestamp = new Date(mail.acceptedAt).toISOString();
  return {
    timestamp,
    source: mail.from,
    sourceArn: `arn:aws:ses:us-east-1:${accountId}:identity/${mail.from}`,
    sendingAccountId: accountId,
    messageId: mail.messageId,
    destination: [mail.to],
    headersTruncated: false,
    headers: [
      { name: 'From', value: mail.from },
      { name: 'To', value: mail.to },
      { name: 'Subject', value: mail.subject },
    ],
    commonHeaders: { from: [mail.from], to: [mail.to], messageId: mail.messageId, subject: mail.subject },
    tags: {
      'ses:configuration-set': [mail.configurationSet ?? ''],
      'ses:from-domain': [mail.from.split('@').at(-1) ?? ''],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function detail(mail: MailRecord, type: SesEventType, timestamp: string): Record<string, unknown> {
  switch (type) {
    case 'Send':
      return { send: {} };
    case 'Delivery':
      return {
        delivery: {
          timestamp,
          processingTimeMillis: Date.parse(timestamp) - mail.acceptedAt,
          recipients: [mail.to],
          smtpResponse: '250 2.6.0 Message received',
          reportingMTA: 'mta.example.com',
        },
      };
    case 'Bounce':
      return { bounce: bounce(mail, timestamp) };
    case 'Complaint':
      return {
        complaint: {
          complainedRecipients: [{ emailAddress: mail.to }],
          timestamp,
          feedbackId: `${mail.messageId}-complaint`,
          userAgent: 'Amazon SES Mailbox Simulator',
          complaintFeedbackType: 'abuse',
          arrivalDate: timestamp,
        },
      };
  }
}

function bounce(mail: MailRecord, timestamp: string): Record<string, unknown> {
  const isPermanent = mail.outcome.kind === 'bounced' && mail.outcome.type === 'Permanent';
  const status = isPermanent ? '5.1.1' : '4.2.2';
  return {
    bounceType: isPermanent ? 'Permanent' : 'Transient',
    bounceSubType: isPermanent ? 'General' : 'MailboxFull',
    bouncedRecipients: [
      {
        emailAddress: mail.to,
        action: 'failed',
        status,
        diagnosticCode: isPermanent ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 452 4.2.2 mailbox full',
      },
    ],
    timestamp,
    feedbackId: `${mail.messageId}-bounce`,
    reportingMTA: 'dsn; mta.example.com',
  };
}
