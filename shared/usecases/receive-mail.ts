import { createHash } from 'node:crypto';
import type { Link } from '#shared/contracts/link.ts';
import { addressKey } from '#shared/core/identity/address-key.ts';
import { ownWords } from '#shared/core/inbound/mail-words.ts';
import { codeInAddress, unsubscribeSubject } from '#shared/core/links/reply-address.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import { peopleAt } from './people-at.ts';
import { takeInReply } from './take-in-reply.ts';
import { mailLink, unsubscribe, type UnsubscribeParts } from './unsubscribe.ts';

/** A mail to us, as far as it could be read. */
export interface ReceivedMail {
  /** Under which it is kept: no two mails have the same. */
  readonly key: string;
  readonly messageId?: string | undefined;
  readonly at: Instant;
  /** Our addresses that it came to. */
  readonly recipients: readonly string[];
  readonly from?: string | undefined;
  readonly subject: string;
  readonly text: string;
  /** Whether a machine wrote it. */
  readonly isAutomatic: boolean;
  /** Whether it surely comes from the domain that it names, and is no spam. */
  readonly isAuthentic: boolean;
}

/**
 * What became of a mail. `taken`: read as a person's, or for all who are at an address, with all that it changes. `unsubscribed`:
 * a mail program asked to end e-mails. `automatic`, `empty`, `unknown_sender`: nothing was changed and nothing is answered.
 * `busy`: nothing was finished; deliver it again.
 */
export type MailOutcome =
  'taken' | 'repeated' | 'unsubscribed' | 'automatic' | 'empty' | 'unknown_sender' | 'busy';

export interface ReceiveMailParts extends UnsubscribeParts {
  readonly addresses: AddressBook;
  /** Domain of the addresses that answers go to. */
  readonly domain: string;
}

/**
 * Takes in a mail. Whose it is follows from the code in the address that it answers, which nobody can guess; else from the
 * address that it says it comes from. Only what surely comes from the address that we wrote to is heard in full: everything
 * else can end contact or reach people, and gets no answer. Nobody who is not known is written to, or forged senders would
 * make us write to strangers.
 *
 * @throws what the stores throw when they do not answer; delivering it again is safe.
 */
export async function receiveMail(mail: ReceivedMail, parts: ReceiveMailParts): Promise<MailOutcome> {
  const answered = await linkOf(mail, parts);
  // Before machines are passed over: this is what a mail program writes by itself when its owner clicks.
  const ended = answered === null ? 'unknown' : await unsubscribedBy(mail, answered.code, parts);
  if (ended !== 'unknown') return ended;
  if (mail.isAutomatic || (await isOurOwn(mail, parts))) return 'automatic';
  const text = asksToUnsubscribe(mail) ? unsubscribeSubject : ownWords(mail);
  if (text === '') return 'empty';
  return answered === null ? fromAddress(mail, text, parts) : asAnswer(answered.link, { mail, text }, parts);
}

async function unsubscribedBy(
  mail: ReceivedMail,
  code: string,
  parts: ReceiveMailParts,
): Promise<'unsubscribed' | 'busy' | 'unknown'> {
  if (!asksToUnsubscribe(mail)) return 'unknown';
  const outcome = await unsubscribe(code, 'reply', parts);
  return outcome === 'ended' ? 'unsubscribed' : outcome;
}

/** The link of the mail of ours that a mail answers, by the code in the address that it came to. */
async function linkOf(
  mail: ReceivedMail,
  parts: ReceiveMailParts,
): Promise<{ readonly code: string; readonly link: Link } | null> {
  const code = codeOf(mail, parts);
  const link = code === null ? null : await mailLink(code, parts);
  return code === null || link === null ? null : { code, link };
}

function codeOf({ recipients }: ReceivedMail, { domain }: ReceiveMailParts): string | null {
  const ours = recipients.filter((address) => address.toLowerCase().endsWith(`@${domain.toLowerCase()}`));
  return ours.map(codeInAddress).find((code) => code !== null) ?? null;
}

function asksToUnsubscribe({ subject }: ReceivedMail): boolean {
  return subject.trim().toLowerCase().startsWith(unsubscribeSubject);
}

/** Mail of the creditors' own addresses and of ours: a circle would never end. */
async function isOurOwn({ from }: ReceivedMail, { domain, rules }: ReceiveMailParts): Promise<boolean> {
  if (from === undefined) return false;
  if (/^(?:mailer-daemon|postmaster)@/u.test(from) || from.endsWith(`@${domain.toLowerCase()}`)) return true;
  const { creditors } = await rules.current();
  return [...creditors.values()].some(({ emailFrom }) => addressKey(emailFrom) === addressKey(from));
}

interface Words {
  readonly mail: ReceivedMail;
  readonly text: string;
}

/** An answer to a mail of ours. It counts as written where that mail went, since its code was seen there. */
async function asAnswer(
  { debtorId, destination }: Link,
  { mail, text }: Words,
  parts: ReceiveMailParts,
): Promise<MailOutcome> {
  const isTheirs = mail.from !== undefined && addressKey(mail.from) === addressKey(destination);
  const sender = mail.isAuthentic && isTheirs ? 'proven' : 'claimed';
  const incoming = { ...about(mail, text), debtorId, from: destination, sender } as const;
  return outcomeOf([(await takeInReply(incoming, parts)).kind]);
}

/** A mail that answers none of ours. Of several people at one address nobody knows who wrote: it can only end contact, or reach people. */
async function fromAddress(mail: ReceivedMail, text: string, parts: ReceiveMailParts): Promise<MailOutcome> {
  const { from } = mail;
  const people = from === undefined ? [] : await peopleAt(from, mail.at, parts);
  const isShared = people.length > 1;
  const sender = mail.isAuthentic && !isShared ? 'proven' : 'claimed';
  const kinds: string[] = [];
  for (const { debtorId } of people) {
    const incoming = { ...about(mail, text), debtorId, from: from ?? '', sender, isShared } as const;
    kinds.push((await takeInReply(incoming, parts)).kind);
  }
  return outcomeOf(kinds);
}

function about(mail: ReceivedMail, text: string) {
  return { inboundId: inboundIdOf(mail, text), channel: 'email', text, at: mail.at } as const;
}

/**
 * The same mail has the same id, also when a server has delivered it twice and it is kept twice. What it says and who says so
 * are part of it, so that nobody can keep another's mail from being heard by sending one with its id before.
 */
function inboundIdOf({ messageId, key, from = '' }: ReceivedMail, text: string): string {
  const parts = messageId === undefined || messageId.trim() === '' ? [key] : [messageId, from, text];
  return `email:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

function outcomeOf(kinds: readonly string[]): MailOutcome {
  if (kinds.includes('busy')) return 'busy';
  if (kinds.includes('taken')) return 'taken';
  return kinds.includes('repeated') ? 'repeated' : 'unknown_sender';
}
