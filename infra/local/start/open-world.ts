import { join } from 'node:path';
import { startLocalRun, type LocalRun } from '#infra/local/local-run.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import { startLocalSes, type LocalSes } from '#infra/local/ses/local-ses.ts';
import { mailReceiver } from '#infra/local/ses/mail-receiver.ts';
import type { MailPeople } from '#infra/local/ses/mail-people.ts';
import { startStripeEmulator, type StripeEmulator } from '#infra/local/stripe/emulator.ts';
import { startTwilioEmulator, type TwilioEmulator } from '#infra/local/twilio/emulator.ts';
import { smsPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { stripePath } from '#functions/receive-payment/paths.ts';
import { stripeUrl } from '#infra/service/payments.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import type { People } from '#infra/local/twilio/people.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** Address of the real Twilio in the template, which the local run replaces by its emulator. */
const twilioUrl = 'https://api.twilio.com';
/** The emulator's own credentials; nothing outside this machine knows them. */
const authToken = 'local-twilio-token';
export const stripeKeys = { apiKey: 'sk_local', webhookSecret: 'whsec_local' };
/** By which the creditor's own systems sign their callbacks in the local run. */
export const callbackSecret = 'bG9jYWwtY2FsbGJhY2stc2VjcmV0';

export interface LocalWorldOptions {
  readonly assemblyDir: string;
  readonly stage: string;
  readonly accountSid: string;
  readonly clock: VirtualClock;
  /** The same seed gives the same provider ids. */
  readonly seed: string;
  readonly people: People;
  readonly mailboxes: MailPeople;
  /** Keeps everything over restarts; in memory without it. */
  readonly dataDir?: string | undefined;
  readonly onEvent?: OnRunEvent;
}

/** The synthesised template at work, with the providers and the people around it. */
export interface LocalWorld {
  readonly run: LocalRun;
  readonly clock: VirtualClock;
  readonly twilio: TwilioEmulator;
  readonly ses: LocalSes;
  readonly stripe: StripeEmulator;
  stop(): Promise<void>;
}

/** Starts the local providers and runs both stacks of a stage against them. */
export async function openLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  const { clock, seed, stage, dataDir } = options;
  const stacks = [`dunwell-${stage}-state`, `dunwell-${stage}-service`];
  const journal = (name: string) => (dataDir === undefined ? {} : { journalPath: join(dataDir, name) });
  const twilio = await startTwilioEmulator({
    accountSid: options.accountSid,
    authToken,
    clock: awaited(clock),
    seed,
    people: options.people,
    ...journal('twilio.ndjson'),
  });
  const stripe = await startStripeEmulator({
    ...stripeKeys,
    clock: awaited(clock),
    seed,
    ...journal('stripe.ndjson'),
  });
  const opened: { run?: LocalRun } = {};
  const ses = await startLocalSes({
    clock: awaited(clock),
    people: options.mailboxes,
    publish: async ({ message }) => {
      // The clock stands still until the run is open; were it not so, the event must fail rather than be lost.
      if (opened.run === undefined) throw new Error('an e-mail event came before the run was open');
      await opened.run.publishToTopic(mailTopicOf(opened.run), message);
    },
    ...journal('ses.ndjson'),
  });
  opened.run = await startLocalRun({
    assemblyDir: options.assemblyDir,
    stacks,
    clock,
    dataDir,
    sesEndpoint: ses.url,
    overrides: [
      { from: twilioUrl, to: twilio.url },
      { from: stripeUrl, to: stripe.url },
    ],
    secrets: {
      [secretOf('TwilioToken', options.assemblyDir, stacks)]: authToken,
      [secretOf('CallbackSecret', options.assemblyDir, stacks)]: callbackSecret,
      [secretOf('StripeSecret', options.assemblyDir, stacks)]: JSON.stringify(stripeKeys),
    },
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
  });
  const { run } = opened;
  ses.connect(mailReceiver(run));
  const [door] = run.doors;
  if (door !== undefined) {
    stripe.webhooks.connect(`${door.localUrl}${stripePath}`);
    const url = `${door.localUrl}${smsPath}`;
    twilio.connect({ url, fallbackUrl: url });
  }
  const stop = async () => {
    await run.stop();
    await Promise.all([twilio.stop(), ses.stop(), stripe.stop()]);
  };
  return { run, clock, twilio, ses, stripe, stop };
}

/** The emulators' view of the clock: work that it starts is waited for before time moves on. */
function awaited(clock: VirtualClock) {
  return {
    now: () => clock.now(),
    schedule: (atMs: number, work: () => Promise<void>): void => {
      clock.schedule(atMs, work);
    },
  };
}

/** Logical id of the secret that the state stack calls so. */
function secretOf(name: string, assemblyDir: string, stacks: readonly string[]): string {
  for (const { template } of readAssembly(assemblyDir, stacks)) {
    for (const [logicalId, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::SecretsManager::Secret' && logicalId.startsWith(name)) return logicalId;
    }
  }
  throw new Error(`the template has no secret ${name}`);
}

/** The topic of the template to which SES publishes what became of our mails. */
function mailTopicOf({ resources }: LocalRun): string {
  const topic = resources.find(
    (resource) => resource.type === 'AWS::SNS::Topic' && /^Mail/u.test(resource.logicalId),
  );
  if (topic === undefined) throw new Error('the template has no SNS topic for mail events');
  return topic.logicalId;
}
