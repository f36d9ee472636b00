import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import { openLocalWorld, type LocalWorld } from '#infra/local/start/open-world.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { minuteMs, secondMs } from '#shared/kernel/instant.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

/** A world in which every message arrives and nobody picks up, and what of it must not have happened. */
export interface CalmWorld {
  readonly world: LocalWorld;
  /** What a role did not allow, and functions that failed. */
  readonly wrong: readonly string[];
}

/** Runs the synthesised template from a moment on, with people who do nothing by themselves. */
export async function openCalmWorld(
  { dir, ...stage }: Assembly,
  { startAtMs, seed }: { readonly startAtMs: number; readonly seed: string },
): Promise<CalmWorld> {
  const wrong: string[] = [];
  const world = await openLocalWorld({
    ...stage,
    assemblyDir: dir,
    clock: createVirtualClock({ startAtMs, speed: 'jump' }),
    seed,
    people: {
      sms: () => ({ kind: 'delivered', delayMs: secondMs }),
      call: () => ({ kind: 'no_answer' }),
    },
    mailboxes: () => ({ kind: 'delivered', delayMs: secondMs }),
    onEvent: (event) => {
      if (event.kind === 'refused') wrong.push(`${event.caller} ${event.action}`);
      if (event.kind === 'invoked' && event.failure !== undefined) wrong.push(event.failure);
    },
  });
  return { world, wrong };
}

/** Asks a door that lets in AWS principals, as an operator. */
export async function askAsOperator(
  { run }: Pick<LocalWorld, 'run'>,
  method: string,
  url: string,
  body?: object,
): Promise<{ readonly status: number; readonly content: Record<string, unknown> }> {
  const answer = await run.http({
    method,
    url,
    headers: {
      'content-type': 'application/json',
      authorization: localAuthorization('us-east-1', 'execute-api', operatorAccessKey),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, content: JSON.parse(String(answer.body)) as Record<string, unknown> };
}

/** People in Shanghai, P0 and so on with accounts A0 and so on, eight days past due by telephone. */
export async function takeInPeople(world: LocalWorld, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const row = portfolioObject({
      accountId: `A${index}`,
      debtorId: `P${index}`,
      dueDate: '2026-03-02',
      phone: `+8615400000${String(index).padStart(3, '0')}`,
      consents: 'sms:express',
      creditor: 'demo-bank-cn',
    });
    const { status } = await askAsOperator(world, 'PUT', `/accounts/A${index}`, row);
    if (status !== 200) throw new Error(`account A${index} was refused: ${status}`);
  }
}

/** Messages that wait in the queue of text messages, be it for their second or for a sender. */
export async function waitingTexts({ run }: LocalWorld): Promise<number> {
  const { queues } = await run.stats();
  const sms = Object.entries(queues).find(([name]) => name.endsWith('-sms'))?.[1];
  return (sms?.ready ?? 0) + (sms?.delayed ?? 0);
}

/** Lets time pass, a quarter of a second at a time, until more than so many text messages wait. */
export async function untilTextsWait(world: LocalWorld, count: number): Promise<void> {
  const latest = world.clock.now() + 3 * minuteMs;
  while (world.clock.now() < latest && (await waitingTexts(world)) <= count)
    await world.run.advanceTo(world.clock.now() + secondMs / 4);
}

/** Takes in somebody in New York with one card account at a bank there, as the creditor's system tells it; gives the answer's status. */
export async function takeInNewYorker(
  world: LocalWorld,
  name: string,
  told: Readonly<Record<string, string>>,
): Promise<number> {
  const row = portfolioObject({
    ...{ accountId: `card-${name}`, debtorId: name, givenName: 'Ana', familyName: 'Silva', locale: 'en' },
    ...{ currency: 'USD', country: 'US', region: 'NY', postalCode: '10001', creditor: 'demo-bank-us' },
    ...told,
  });
  const { status } = await askAsOperator(world, 'PUT', `/accounts/card-${name}`, row);
  return status;
}
