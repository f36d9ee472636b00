import * as z from 'zod';
import { parseJson } from '#shared/kernel/parse-json.ts';
import type { ReceiveMail } from './mail-receiver.ts';
import { WrittenMailSchema } from './write-mail.ts';

/** What the entrance answers, as JSON. */
export interface EntranceAnswer {
  readonly status: number;
  readonly content: object;
}

const entrance = /^\/mailboxes\/([^/]+)\/messages$/;

/** The mailbox in the path of a request that writes a mail; undefined for every other path. */
export function mailboxIn(path: string): string | undefined {
  const name = entrance.exec(path)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** Takes a mail that somebody writes to us from their mailbox: `POST /mailboxes/<address>/messages`. */
export async function answerMailbox(
  mailbox: string,
  body: string,
  receive: ReceiveMail | undefined,
): Promise<EntranceAnswer> {
  if (!z.email().safeParse(mailbox).success) return refused(`${mailbox} is no e-mail address`);
  const mail = WrittenMailSchema.safeParse(parseJson(body));
  if (!mail.success) return refused(z.prettifyError(mail.error));
  const id = await receive?.(mailbox, mail.data);
  return id === undefined
    ? { status: 404, content: { error: `no receipt rule takes mail to ${mail.data.to}` } }
    : { status: 202, content: { id } };
}

function refused(error: string): EntranceAnswer {
  return { status: 400, content: { error } };
}
