import { ActRequestSchema, type ActRequest } from '#shared/contracts/act-request.ts';
import type { Hold, HoldKind } from '#shared/contracts/hold.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import { refusalText } from '#shared/core/acts/refusal-text.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { fnv1a64 } from '#shared/core/identity/fnv1a64.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { CommandError } from '../command-error.ts';
import { configDirDefault, type StopSurroundings } from './stop.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Destination } from '../portfolio/destination.ts';
import { readConfig } from '../read-config.ts';
import { clockAt, onSwitch, type SwitchChoice } from '../stops/open-switch.ts';

export type HoldSurroundings = StopSurroundings;

interface WhoAndWhere extends Pick<SwitchChoice, 'table' | 'endpoint'> {
  readonly debtor: string;
  readonly why: string;
  readonly by?: string | undefined;
  readonly json: boolean;
}
export interface HoldArgs extends WhoAndWhere {
  readonly kind: HoldKind;
  readonly account?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}
export interface EndHoldArgs extends WhoAndWhere {
  readonly holdId: string;
}

/**
 * `dunwell hold DEBTOR --kind KIND --why TEXT`: places a hold as config/holds.yaml says, also on what is queued. One that
 * covers the same already stays, which is no error.
 *
 * @throws CommandError when a rule refuses it, nobody has this id, no table is meant, or it does not answer.
 */
export function holdCommand(args: HoldArgs, around: HoldSurroundings): Promise<ExitStatus> {
  const { kind, account: accountId, from, until, why } = args;
  return act(args, around, { kind: 'hold', hold: kind, accountId, from, until, why });
}

/** `dunwell end-hold DEBTOR HOLD --why TEXT`: ends one before its time; ending one that has ended changes nothing. */
export function endHoldCommand(args: EndHoldArgs, around: HoldSurroundings): Promise<ExitStatus> {
  const { holdId, why } = args;
  return act(args, around, { kind: 'end_hold', holdId, why });
}

async function act(args: WhoAndWhere, around: HoldSurroundings, wanted: object): Promise<ExitStatus> {
  return onSwitch({ ...args, ...around }, async (place) => {
    const clock = clockAt(place, around);
    const now = clock.now();
    const request = requestOf(args, { around, wanted, now });
    const rules = await rulesIn(around.configDir ?? configDirDefault, now);
    const parts = {
      store: place.store,
      clock,
      rules: { current: () => Promise.resolve(rules) },
    };
    const answer = await carryOut(request, parts);
    const said = textOf(answer, place);
    around.output.write(args.json ? `${JSON.stringify(answer)}\n` : said);
    return exitStatus.done;
  });
}

/** Doing the same again a moment later is another act; what it would place or end is there already. */
function requestOf(
  { debtor, by }: WhoAndWhere,
  {
    around,
    wanted,
    now,
  }: { readonly around: HoldSurroundings; readonly wanted: object; readonly now: Instant },
): ActRequest {
  const parsed = ActRequestSchema.safeParse({
    ...wanted,
    actId: `cli:${fnv1a64(JSON.stringify([debtor, wanted, now]))}`,
    debtorId: debtor,
    via: 'agent',
    by: by ?? around.userName(),
  });
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new CommandError(exitStatus.refused, 'usage', reasons);
}

async function rulesIn(dir: string, now: Instant): Promise<DecisionRules> {
  const read = await readConfig(dir, { today: localDateAt('UTC', now) });
  if (read.ok) return compileRules(read.bundle);
  throw new CommandError(exitStatus.refused, 'config', read.errors.map(configErrorText));
}

/** @throws CommandError for what was not carried out. */
function textOf(answer: ActAnswer, { description }: Destination): string {
  switch (answer.kind) {
    case 'refused': {
      const sentence = `${answer.field}: ${refusalText(answer)}; nothing was changed`;
      throw new CommandError(exitStatus.refused, answer.problem, [sentence]);
    }
    case 'busy':
      throw new CommandError(exitStatus.broken, 'busy', [
        'others changed the person meanwhile: run it again',
      ]);
    case 'done':
    case 'repeated':
      return answer.hold === undefined ? 'Done.\n' : holdText(answer.hold, description);
  }
}

function holdText({ holdId, debtorId, kind, accountId, from, until, ended }: Hold, place: string): string {
  const covered = accountId === undefined ? `everything of ${debtorId}` : `${accountId} of ${debtorId}`;
  const lasts = until === undefined ? `from ${from} until somebody ends it` : `from ${from} to ${until}`;
  return ended === undefined
    ? `Held: ${kind} on ${covered}, ${lasts}, in ${place}.\nEnd it with: dunwell end-hold ${debtorId} ${holdId} --why "…"\n`
    : `Ended: ${kind} on ${covered} (${holdId}), in ${place}.\n`;
}
