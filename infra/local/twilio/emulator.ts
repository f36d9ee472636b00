import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { answerApi, errorAnswer, targetOf, type ApiAnswer, type ApiRequest } from './api.ts';
import { apiError } from './api-error.ts';
import { Calls } from './calls.ts';
import { openJournal } from './journal.ts';
import type { Fault } from './fault.ts';
import { close, listen } from './listen.ts';
import type { LocalClock } from './local-clock.ts';
import { Messages, type InboundSms, type SmsWebhooks } from './messages.ts';
import { loadOpenapiCheck, type OperationId, type RequestParameters } from './openapi-check.ts';
import { answerPhone } from './phones.ts';
import { magicPeople, type People } from './people.ts';
import { JournalEntrySchema, type CallRecord, type MessageRecord } from './records.ts';
import { createWebhooks, type WebhookCounts } from './webhooks.ts';
import type { TwilioWorld } from './world.ts';

/** Decides which requests of the API go wrong. */
export type Faults = (request: {
  operation: OperationId;
  parameters: RequestParameters;
}) => Fault | undefined;

export interface TwilioEmulatorOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly clock: LocalClock;
  /** The same seed gives the same ids. */
  readonly seed: string;
  /** Absent: everybody is reached, except at the magic numbers of people.ts. */
  readonly people?: People;
  /** File that keeps what Twilio knows across restarts of the local run. Absent: nothing is kept. */
  readonly journalPath?: string;
  /** Twilio's queues start so many a second; absent: at once. */
  readonly messagesPerSecond?: number;
  readonly callsPerSecond?: number;
  /** Whether webhooks tell which keyword Twilio has acted on, as a messaging service with Advanced Opt-Out does. */
  readonly tellsOptOutType?: boolean;
}

export interface TwilioEmulator {
  /** Base URL of the API, without a slash at its end. */
  readonly url: string;
  /** All messages and calls that Twilio ever took, oldest first. */
  messages(): readonly MessageRecord[];
  calls(): readonly CallRecord[];
  /** Sets where messages to our numbers are posted, as in Twilio's console. */
  connect(webhooks: SmsWebhooks): void;
  /** Somebody writes to one of our numbers; resolves when our webhook has answered. */
  receiveSms(sms: InboundSms, webhooks?: SmsWebhooks): Promise<MessageRecord>;
  /** Breaks requests from now on; `undefined` mends everything. */
  setFaults(faults: Faults | undefined): void;
  /** What Twilio's debugger would show of our webhooks and scripts. */
  readonly problems: readonly string[];
  readonly callbacks: Readonly<WebhookCounts>;
  stop(): Promise<void>;
}

/** Starts the emulator on a free port of this machine. */
export async function startTwilioEmulator(options: TwilioEmulatorOptions): Promise<TwilioEmulator> {
  const { accountSid, authToken, clock, seed } = options;
  const webhooks = createWebhooks(authToken, clock);
  const journal = openJournal(options.journalPath, JournalEntrySchema);
  const world: TwilioWorld = {
    accountSid,
    seed,
    clock,
    people: options.people ?? magicPeople,
    webhooks,
    journal,
    problems: [],
  };
  const messages = new Messages(world, {
    perSecond: options.messagesPerSecond,
    tellsOptOutType: options.tellsOptOutType === true,
  });
  const calls = new Calls(world, options.callsPerSecond);
  const parts = { accountSid, authToken, check: loadOpenapiCheck(), messages, calls };
  let faults: Faults | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readRequest(request);
    const phone = await answerPhone(messages, asked);
    if (phone !== undefined) {
      send(response, phone);
      return;
    }
    const fault = faultOf(faults, asked, accountSid);
    if (fault?.kind === 'slow') await setTimeout(fault.latencyMs);
    const answer = fault?.kind === 'refuse' ? refusal(fault.status) : await answerApi(parts, asked);
    reply(response, answer, fault);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      world.problems.push(String(error));
      send(response, refusal(500));
    });
  });
  const url = await listen(server);
  return {
    url,
    messages: () => messages.all(),
    calls: () => calls.all(),
    connect: (wanted) => messages.connect(wanted),
    receiveSms: (sms, wanted) => messages.receive(sms, wanted),
    setFaults: (wanted) => {
      faults = wanted;
    },
    problems: world.problems,
    callbacks: webhooks.counts,
    stop: () => close(server),
  };
}

function reply(response: ServerResponse, answer: ApiAnswer, fault: Fault | undefined): void {
  if (fault?.kind === 'cut') response.socket?.destroy();
  else if (fault?.kind !== 'no_answer') send(response, answer);
}

function faultOf(
  faults: Faults | undefined,
  { method, path, parameters }: ApiRequest,
  accountSid: string,
): Fault | undefined {
  const target = targetOf(method, path, accountSid);
  return target === undefined ? undefined : faults?.({ operation: target.operation, parameters });
}

function refusal(status: number): ApiAnswer {
  return status === 429
    ? errorAnswer(apiError(20429))
    : errorAnswer({ status, code: 20_500, message: 'An internal server error has occurred' });
}

function send(response: ServerResponse, { status, body }: ApiAnswer): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const method = request.method ?? 'GET';
  const body = Buffer.concat(chunks).toString('utf8');
  const form = method === 'GET' ? url.searchParams : new URLSearchParams(body);
  return {
    method,
    path: url.pathname,
    authorization: request.headers.authorization,
    parameters: parametersOf(form),
    body,
  };
}

function parametersOf(form: URLSearchParams): RequestParameters {
  const names = new Set(form.keys());
  return Object.fromEntries([...names].map((name) => [name, collapse(form.getAll(name))]));
}

function collapse(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? '') : values;
}
