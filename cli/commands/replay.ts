import type { Writable } from 'node:stream';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { parseDecisionId } from '#shared/core/identity/decision-id.ts';
import { replayDecision, type Replay } from '#shared/usecases/replay-decision.ts';
import { CommandError } from '../command-error.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { decider } from '../permit-decider.ts';
import { openDestination, type DestinationChoice } from '../portfolio/destination.ts';
import { packsDirDefault, readPacks } from '../read-packs.ts';

export interface ReplayArgs extends Pick<DestinationChoice, 'table' | 'endpoint'> {
  readonly decision: string;
  /** Folder of the rule packs; default: `config/policies`. */
  readonly packsDir?: string | undefined;
  readonly json: boolean;
}

export interface ReplaySurroundings extends Pick<DestinationChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
}

/** The same question gave another answer. */
const exitOtherBytes = 1;

/**
 * `dunwell replay DECISION`: puts the question of a stored decision again and compares the answers byte by byte. Ends with
 * 0 for the same bytes, 1 for others, 2 when there is no such decision.
 *
 * @throws CommandError when the id is none, the table has no such decision, or the packs are refused.
 */
export async function replayCommand(
  args: ReplayArgs,
  around: ReplaySurroundings,
): Promise<ExitStatus | typeof exitOtherBytes> {
  const { decision: decisionId } = args;
  if (parseDecisionId(decisionId) === null) {
    const sentence = `"${decisionId}" is no id of a decision: take one that \`dunwell explain ACCOUNT\` prints`;
    throw new CommandError(exitStatus.refused, 'bad_id', [sentence]);
  }
  const packs = await usablePacks(args.packsDir ?? packsDirDefault);
  const place = await openDestination({ ...args, ...around, readOnly: true });
  try {
    const replay = await replayDecision(decisionId, {
      log: place.log,
      decide: decider(packs),
      versions: new Map(packs.map(({ pack, version }) => [pack, String(version)])),
    });
    if (replay === null) {
      const sentence = `${place.description} has no decision ${decisionId}`;
      throw new CommandError(exitStatus.refused, 'unknown_decision', [sentence]);
    }
    around.output.write(args.json ? `${JSON.stringify(inJson(replay))}\n` : inWords(replay));
    return replay.isSame ? exitStatus.done : exitOtherBytes;
  } finally {
    await place.close();
  }
}

async function usablePacks(dir: string): Promise<readonly RulePack[]> {
  const { found, errors } = await readPacks(dir);
  if (errors.length > 0)
    throw new CommandError(exitStatus.refused, 'packs_refused', errors.map(configErrorText));
  return found.map(({ value }) => value);
}

function inJson({ evidence, isSame, versions, now }: Replay) {
  return { decisionId: evidence.decisionId, same: isSame, versions, then: evidence.decision, now };
}

function inWords({ evidence, isSame, versions, now }: Replay): string {
  const differing = versions.map(
    (one) => `pack ${one.pack} was ${one.then} and is ${one.now ?? 'not there'}`,
  );
  const then = evidence.decision;
  const answers = isSame
    ? [`same bytes: ${JSON.stringify(now)}`]
    : [
        'other bytes',
        ...differences(then, now),
        `then: ${JSON.stringify(then)}`,
        `now:  ${JSON.stringify(now)}`,
      ];
  return [...differing, ...answers].map((line) => `${line}\n`).join('');
}

/** Each field of the answer that differs, before and after. */
function differences(then: object, now: object): string[] {
  const before = new Map(Object.entries(then));
  const after = new Map(Object.entries(now));
  const text = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => text(before.get(field)) !== text(after.get(field)))
    .map((field) => `  ${field}: ${text(before.get(field))} -> ${text(after.get(field))}`);
}
