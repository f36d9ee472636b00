import type { Email } from '#shared/ports/message-sender.ts';

/** An e-mail of ours, as a channel hands it to a provider. */
export function email(changes: Partial<Email> = {}): Email {
  return {
    contact: { contactId: 'c-1', debtorId: 'D1' },
    from: 'notice@bank.example.com',
    fromName: 'Demo Bank',
    to: 'wei.zhang@example.com',
    subject: '还款提醒 & reminder',
    text: '您好，100% <text>\n',
    html: '<p>您好，100% &lt;html&gt;</p>',
    replyTo: 'notice+0aaaaaaaaaaa@reply.example.com',
    unsubscribe: {
      url: 'https://pages.example.com/u/Abc123Def4',
      mail: { to: 'notice+0aaaaaaaaaaa@reply.example.com', subject: 'unsubscribe' },
    },
    ...changes,
  };
}
