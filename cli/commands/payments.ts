import type { Writable } from 'node:stream';
import type { ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { assignParked, returnParked, type Settled } from '#shared/usecases/settle-parked.ts';
import { configDirDefault } from './stop.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Destination } from '../portfolio/destination.ts';
import { readConfig } from '../read-config.ts';
import { clockAt, onSwitch, type SwitchChoice } from '../stops/open-switch.ts';

/** Most payments that are listed at once. */
const listedMax = 1_000;

export interface PaymentSurroundings extends Pick<SwitchChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly now: () => Instant;
  /** Login name of whoever is at the machine. */
  readonly userName: () => string;
  /** Folder of the configuration that names the queue of over-payments; default: `config`. */
  readonly configDir?: string;
}

interface Place extends Pick<SwitchChoice, 'table' | 'endpoint'> {
  readonly json: boolean;
}

/**
 * `dunwell payments parked`: lists what has come in and could not be booked, oldest first, with the reason. Writes nothing.
 *
 * @throws CommandError when no table is meant, or it does not answer.
 */
export async function parkedCommand(
  { json, ...choice }: Place,
  around: PaymentSurroundings,
): Promise<ExitStatus> {
  return onSwitch({ ...choice, ...around }, async (place) => {
    const waiting = await place.parked.waiting(listedMax);
    const lines = [
      waiting.length === 0
        ? `No payment waits in ${place.description}.`
        : `Waiting in ${place.description} (${String(waiting.length)})`,
      ...waiting.map((one) => `  ${parkedText(one)}`),
    ];
    const answer = { destination: place.description, waiting };
    around.output.write(json ? `${JSON.stringify(answer)}\n` : lines.map((line) => `${line}\n`).join(''));
    return exitStatus.done;
  });
}

export interface AssignArgs extends Place {
  readonly payment: string;
  readonly account?: string | undefined;
  readonly returned: boolean;
  readonly by?: string | undefined;
}

/**
 * `dunwell payments assign PAYMENT --account ID | --returned`: books a parked payment on an account, or notes that the money
 * went back. Doing the same again is no error.
 *
 * @throws CommandError when the payment or the account is not known, the payment cannot be booked there, somebody has
 *   settled it otherwise, no table is meant, or it does not answer.
 */
export async function assignCommand(args: AssignArgs, around: PaymentSurroundings): Promise<ExitStatus> {
  const { payment, account, returned, json } = args;
  if ((account === undefined) === !returned)
    throw new CommandError(exitStatus.refused, 'usage', ['give one of --account ID and --returned']);
  const by = args.by ?? around.userName();
  return onSwitch({ ...args, ...around }, async (place) => {
    const parts = partsOf(place, around);
    const settled =
      account === undefined
        ? await returnParked(payment, by, parts)
        : await assignParked(payment, { accountId: account, by }, parts);
    if (settled.kind === 'refused')
      throw new CommandError(exitStatus.refused, settled.problem, [settled.message]);
    const answer = { payment, ...settled, destination: place.description };
    around.output.write(json ? `${JSON.stringify(answer)}\n` : settledText(args, settled));
    return exitStatus.done;
  });
}

function partsOf(place: Destination, around: PaymentSurroundings) {
  const clock = clockAt(place, around);
  const queue = () => queueIn(around.configDir ?? configDirDefault, clock.now());
  return { ...place, clock, queue };
}

async function queueIn(dir: string, now: Instant): Promise<string> {
  const read = await readConfig(dir, { today: localDateAt('UTC', now) });
  if (!read.ok) throw new Error(read.errors.slice(0, 3).map(configErrorText).join('; '));
  return read.bundle.agreements.queue;
}

function parkedText(parked: ParkedPayment): string {
  const { amount, currency, accountId = '?', debtorId = '?', reason, source, reversal, bookedAt } = parked;
  const what = reversal === undefined ? '' : ` taken back (${reversal.why})`;
  const when = new Date(bookedAt).toISOString();
  return `${parkedIdOf(parked)}  ${String(amount)} ${currency}${what}  account ${accountId} of ${debtorId}  ${reason}  by ${source} ${when}`;
}

function settledText(
  { payment, account = '' }: AssignArgs,
  settled: Exclude<Settled, { kind: 'refused' }>,
): string {
  if (settled.kind === 'returned') return `${payment} is noted as given back.\n`;
  const { outcome, debtorId } = settled;
  if (outcome.kind === 'recorded') {
    const cured = outcome.cured ? ', which is cured' : `; past due are ${String(outcome.pastDue)} now`;
    return `${payment} is booked on ${account} of ${debtorId}${cured}.\n`;
  }
  if (outcome.kind === 'repeated') return `${payment} was booked on ${account} of ${debtorId} before.\n`;
  return `${payment} is noted for ${account} of ${debtorId}, but not booked yet (${outcome.kind}): run it again, which is safe.\n`;
}
