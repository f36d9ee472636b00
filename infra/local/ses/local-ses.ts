import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from '../twilio/fault.ts';
import { openJournal } from '../twilio/journal.ts';
import { close, listen } from '../twilio/listen.ts';
import type { LocalClock } from '../twilio/local-clock.ts';
import { startMailInbox } from './mail-inbox.ts';
import { answerMailbox, mailboxIn, type EntranceAnswer } from './mail-entrance.ts';
import type { ReceiveMail } from './mail-receiver.ts';
import { magicMailPeople, type MailPeople } from './mail-people.ts';
import { MailRecordSchema, type MailRecord } from './mail-record.ts';
import { Mails, type PublishSesEvent } from './mails.ts';
import { readSendEmail, type MailDraft, type SesError } from './send-email-request.ts';

export interface LocalSesOptions {
  readonly clock: LocalClock;
  /** Carries each event on to SNS, for mails that name a configuration set. */
  readonly publish: PublishSesEvent;
  /** Absent: everybody gets the mail, except at the magic addresses of mail-people.ts. */
  readonly people?: MailPeople;
  /** File that keeps what SES knows across restarts of the local run. Absent: nothing is kept. */
  readonly journalPath?: string;
}

export interface LocalSes {
  /** Endpoint for SES clients, without a slash at its end. */
  readonly url: string;
  /** Web page with the mails of this run, as aws-ses-v2-local shows them. */
  readonly inboxUrl: string;
  /** All mails that SES ever took, oldest first. */
  mails(): readonly MailRecord[];
  /** Says who takes in the mails that people write to us, at `POST {url}/mailboxes/<address>/messages`. */
  connect(receive: ReceiveMail): void;
  /** Breaks requests from now on; `undefined` mends everything. */
  setFaults(faults: ((mail: MailDraft) => Fault | undefined) | undefined): void;
  stop(): Promise<void>;
}

/**
 * Starts the local SES: SendRawEmail with tags, events and outcomes on virtual time in front of aws-ses-v2-local, which
 * shows the mail in its inbox, but knows neither tags nor events.
 */
export async function startLocalSes(options: LocalSesOptions): Promise<LocalSes> {
  const journal = openJournal(options.journalPath, MailRecordSchema);
  const mails = new Mails({
    clock: options.clock,
    publish: options.publish,
    people: options.people ?? magicMailPeople,
    journal,
  });
  const inbox = await startMailInbox();
  let faults: ((mail: MailDraft) => Fault | undefined) | undefined;
  const answer = async (
    form: string,
    draft: MailDraft,
    fault: Fault | undefined,
  ): Promise<MailRecord | SesError> => {
    if (fault?.kind === 'refuse') return refusal(fault.status);
    if (fault?.kind === 'slow') await setTimeout(fault.latencyMs);
    const result = mails.accept(draft);
    if (!('code' in result)) await inbox.show(form);
    return result;
  };
  let receive: ReceiveMail | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = await readBody(request);
    const mailbox = request.method === 'POST' ? mailboxIn(request.url ?? '') : undefined;
    if (mailbox !== undefined) {
      sendJson(response, await answerMailbox(mailbox, form, receive));
      return;
    }
    const draft = await readSendEmail(new URLSearchParams(form));
    const fault = 'code' in draft ? undefined : faults?.(draft);
    const result = 'code' in draft ? draft : await answer(form, draft, fault);
    reply(response, result, fault);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      sendError(response, { status: 500, code: 'InternalFailure', message: String(error) }),
    );
  });
  const url = await listen(server);
  return {
    url,
    inboxUrl: inbox.url,
    mails: () => mails.all(),
    connect: (wanted) => {
      receive = wanted;
    },
    setFaults: (wanted) => {
      faults = wanted;
    },
    stop: async () => {
      await close(server);
      await inbox.stop();
    },
  };
}

function sendJson(response: ServerResponse, { status, content }: EntranceAnswer): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));
}

function refusal(status: number): SesError {
  if (status === 429) return { status: 400, code: 'Throttling', message: 'Maximum sending rate exceeded.' };
  return {
    status,
    code: status >= 500 ? 'InternalFailure' : 'AccessDenied',
    message: 'refused by a fault of the local run',
  };
}

function reply(response: ServerResponse, result: MailRecord | SesError, fault: Fault | undefined): void {
  if (fault?.kind === 'cut') response.socket?.destroy();
  else if (fault?.kind === 'no_answer') return;
  else if ('code' in result) sendError(response, result);
  else sendAccepted(response, result.messageId);
}

function sendAccepted(response: ServerResponse, messageId: string): void {
  send(
    response,
    200,
    `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>${messageId}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>${messageId}</RequestId></ResponseMetadata></SendRawEmailResponse>`,
  );
}

function sendError(response: ServerResponse, { status, code, message }: SesError): void {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const type = status >= 500 ? 'Receiver' : 'Sender';
  send(
    response,
    status,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${type}</Type><Code>${code}</Code><Message>${text}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
  );
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'Content-Type': 'text/xml' }).end(xml);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += String(chunk);
  return body;
}
