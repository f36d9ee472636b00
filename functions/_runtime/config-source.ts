import type { AskPublished, PublishedAnswer } from '#functions/_adapters/appconfig/published-config.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import type { Telemetry } from './telemetry.ts';

/** How old an answer may be before the extension is asked again, in the background of whatever is going on. */
export const configRefreshMs = 15_000;
/** How old before nothing is decided without having asked: a container may have slept for hours. */
export const configAskedMaxMs = 60_000;
/** Tries of the first answer, and the wait between them: the extension starts together with the function. */
const firstTriesMax = 3;
const firstTryWaitMs = 100;

/** There is no configuration by which anything may be decided. */
export class NoConfigError extends Error {
  override readonly name = 'NoConfigError';
}

export interface ConfigSourceParts<Rules> {
  readonly ask: AskPublished;
  /** The configuration that was built into the function. */
  readonly builtIn: () => ConfigBundle;
  /** Reads a published text. @throws Error when it is no bundle. */
  readonly parse: (text: string) => ConfigBundle;
  readonly compile: (bundle: ConfigBundle) => Rules;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

interface InForce<Rules> {
  readonly rules: Rules;
  /** Of the published version; undefined for what was built in. */
  readonly label: string | undefined;
}

/**
 * The published configuration, compiled once for each version and kept in the container. What was built into the function
 * is in force only while nothing was ever published. A version that does not parse or compile is counted and never applied:
 * the last good one goes on. So it does while the extension cannot be reached, but a container that has none yet decides
 * nothing: its guess could be a configuration that was withdrawn.
 *
 * `current` rejects with NoConfigError until there was a first usable answer; the next caller asks again.
 */
export function createConfigSource<Rules>(parts: ConfigSourceParts<Rules>): RulesSource<Rules> {
  const { clock } = parts;
  let inForce: InForce<Rules> | undefined;
  let askedAt: Instant | undefined;
  let asking: Promise<void> | undefined;
  const refused = new Set<string>();

  const refresh = async (tries: number): Promise<void> => {
    askedAt = clock.now();
    const answer = await askTimes(tries, inForce?.label, parts);
    inForce = apply(answer, { inForce, refused, parts });
  };
  const refreshOnce = (tries: number): Promise<void> =>
    (asking ??= refresh(tries).finally(() => (asking = undefined)));

  return {
    current: async () => {
      if (inForce === undefined) await refreshOnce(firstTriesMax);
      const ageMs = Math.abs(clock.now() - (askedAt ?? 0));
      if (ageMs >= configAskedMaxMs) await refreshOnce(1);
      else if (ageMs >= configRefreshMs) void refreshOnce(1);
      if (inForce === undefined)
        throw new NoConfigError('no usable configuration is known: see the lines before');
      return inForce.rules;
    },
  };
}

/** The extension's answer, or undefined when there is none, which is counted. */
async function askTimes<Rules>(
  tries: number,
  knownLabel: string | undefined,
  { ask, telemetry }: ConfigSourceParts<Rules>,
): Promise<PublishedAnswer | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(knownLabel);
    } catch (error) {
      if (attempt >= tries) {
        telemetry.count('config_unreachable');
        telemetry.error('config_unreachable', error);
        return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, firstTryWaitMs));
    }
  }
}

interface Before<Rules> {
  readonly inForce: InForce<Rules> | undefined;
  readonly refused: Set<string>;
  readonly parts: ConfigSourceParts<Rules>;
}

function apply<Rules>(
  answer: PublishedAnswer | undefined,
  { inForce, refused, parts }: Before<Rules>,
): InForce<Rules> | undefined {
  if (answer === undefined || answer.kind === 'unchanged') return inForce;
  if (answer.kind === 'none') return inForce ?? { rules: parts.compile(parts.builtIn()), label: undefined };
  const { label, text } = answer;
  const { telemetry } = parts;
  try {
    // What was refused once is counted as long as it is published, but not compiled again.
    if (!refused.has(label)) return { rules: parts.compile(parts.parse(text)), label };
  } catch (error) {
    telemetry.error('config_refused', error, { published: label });
    refused.clear();
    refused.add(label);
  }
  telemetry.count('config_refused');
  return inForce;
}
