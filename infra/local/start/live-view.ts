import { dayMs } from '#shared/kernel/instant.ts';
import type { LocalWorld } from './open-world.ts';
import { describeSummary } from './report.ts';
import type { RunSummary } from './summary.ts';

/** How often the view on a terminal is drawn anew, in milliseconds. */
const drawEveryMs = 1_000;
/** Last contacts shown under the numbers. */
const recentMax = 8;

export interface LiveViewOptions {
  readonly speed: number;
  readonly take: () => Promise<RunSummary>;
  readonly say: (line: string) => void;
}

/** Lets time run and shows what happens, until somebody presses Ctrl-C. Without a terminal: a summary a virtual day. */
export async function watchRun(world: LocalWorld, { speed, take, say }: LiveViewOptions): Promise<void> {
  say(
    `E-mails are at ${world.ses.inboxUrl}, answers go to POST ${world.ses.url}/mailboxes/<address>/messages · a virtual day every ${String(Math.round(86_400 / speed))} s · Ctrl-C ends`,
  );
  for (const line of howToWrite(world)) say(line);
  world.clock.setSpeed(speed);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<undefined>();
  process.once('SIGINT', () => stop(undefined));
  process.once('SIGTERM', () => stop(undefined));
  const drawing = process.stdout.isTTY ? drawOnTerminal(world, take) : sayDaily(world, take);
  await stopped;
  drawing.stop();
  world.clock.setSpeed('jump');
  await world.run.settle();
}

/** How somebody tries the machine from a telephone: any number that has got a text can answer it. */
function howToWrite({ twilio }: LocalWorld): readonly string[] {
  const phone = `${twilio.url}/phones/NUMBER`;
  return [
    `Write from a telephone: curl -d '{"body": "I will pay on Friday"}' ${phone}/messages`,
    `What a telephone got:   curl ${phone}`,
  ];
}

function drawOnTerminal(world: LocalWorld, take: LiveViewOptions['take']): { stop: () => void } {
  let isDrawing = false;
  const draw = async (): Promise<void> => {
    if (isDrawing) return;
    isDrawing = true;
    const text = `${describeSummary(await take())}\n\n${recentContacts(world).join('\n')}\n`;
    process.stdout.write(`\u001b[2J\u001b[H${text}`);
    isDrawing = false;
  };
  const timer = setInterval(() => void draw(), drawEveryMs);
  return { stop: () => clearInterval(timer) };
}

function sayDaily(world: LocalWorld, take: LiveViewOptions['take']): { stop: () => void } {
  let isStopped = false;
  const tell = async (): Promise<void> => {
    if (isStopped) return;
    console.log(describeSummary(await take()));
    world.clock.schedule(world.clock.now() + dayMs, tell);
  };
  world.clock.schedule(world.clock.now() + dayMs, tell);
  return {
    stop: () => {
      isStopped = true;
    },
  };
}

/** The last contacts that the providers took, as the people saw them. */
function recentContacts({ twilio, ses }: LocalWorld): string[] {
  const all = [
    ...twilio
      .messages()
      .map((one) => ({ at: one.createdAt, text: `sms   ${one.to}  ${one.status}  ${one.body}` })),
    ...twilio.calls().map((one) => ({
      at: one.createdAt,
      text: `call  ${one.to}  ${one.status}  ${one.transcript.at(-1)?.text ?? ''}`,
    })),
    ...ses
      .mails()
      .map((one) => ({ at: one.acceptedAt, text: `email ${one.to}  ${one.outcome.kind}  ${one.subject}` })),
  ];
  const width = process.stdout.columns;
  return all
    .sort((a, b) => a.at - b.at)
    .slice(-recentMax)
    .map(({ at, text }) =>
      `${new Date(at).toISOString().slice(5, 19).replace('T', ' ')}  ${text}`.slice(0, width),
    );
}
