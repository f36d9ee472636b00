import { readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { configErrorText } from '#cli/config/config-error.ts';
import { localClient } from '#cli/delivery/open-delivery.ts';
import { openConfigService, type ConfigService } from '#cli/delivery/config-service.ts';
import { keepJudged, short, start } from '#cli/delivery/publish.ts';
import { inForce, inProgress } from '#cli/delivery/standing.ts';
import { readConfig } from '#cli/read-config.ts';
import { assetFiles, assetsDir } from '#infra/build/build-paths.ts';
import type { LocalRun } from '#infra/local/local-run.ts';
import * as z from 'zod';

/** Rest after the last change of a file before the folder is read: editors and `git checkout` write many files at once. */
const restMs = 300;

export interface ConfigFolderOptions {
  readonly dir: string;
  readonly stage: string;
  readonly say: (line: string) => void;
}

export interface ConfigFolder {
  /** Publishes the folder as it is now, unless it is what is in force. Resolves to the version in force afterwards. */
  publish(): Promise<string>;
  /** Publishes the folder after each change, until it is stopped. */
  follow(): void;
  stop(): void;
}

/**
 * The folder of the configuration beside a local run: what stands in it is published to the run's AppConfig, through the
 * same door and the same validator as on AWS, but to all containers at once and without a second approver. A folder with
 * errors changes nothing: each is told, and the last good configuration goes on.
 */
export async function openConfigFolder(
  { operatorEnvironment }: Pick<LocalRun, 'operatorEnvironment'>,
  options: ConfigFolderOptions,
): Promise<ConfigFolder> {
  const { dir, stage, say } = options;
  const client = localClient(operatorEnvironment['AWS_ENDPOINT_URL_APPCONFIG'] ?? '');
  const service = await openConfigService(client, `dunwell-${stage}`);
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  // One at a time: a change during publishing is published after it.
  const publish = (): Promise<string> => {
    const next = last.then(() => publishFolder(service, options));
    last = next.catch((error: unknown) =>
      say(`Configuration: ${error instanceof Error ? error.message : String(error)}`),
    );
    return next;
  };
  const watching: { watcher?: ReturnType<typeof watch> } = {};
  return {
    publish,
    follow: () => {
      watching.watcher = watch(dir, { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => void publish().catch(() => undefined), restMs);
      });
      // What changed while the run was starting.
      void publish().catch(() => undefined);
    },
    stop: () => {
      clearTimeout(timer);
      watching.watcher?.close();
      client.destroy();
    },
  };
}

async function publishFolder(service: ConfigService, { dir, say }: ConfigFolderOptions): Promise<string> {
  const deliveries = await service.deliveries();
  const present = inForce(deliveries)?.version ?? builtInVersion();
  const read = await readConfig(dir);
  if (!read.ok) {
    for (const error of read.errors) say(configErrorText(error));
    say(`Configuration: ${dir} is refused; ${short(present)} goes on`);
    return present;
  }
  const { version } = read.bundle;
  if (version === present) return present;
  const running = inProgress(deliveries);
  if (running !== undefined) await service.takeBack(running.number);
  const record = { by: 'the folder', why: 'it changed' };
  const number = await keepJudged(read.bundle, { service, record });
  await start(service, number, 'at-once', record);
  say(`Configuration: ${short(present)} → ${short(version)}`);
  return version;
}

const BuiltConfigSchema = z.object({ version: z.string() });

/** What was built into the functions is in force while nothing is published. */
function builtInVersion(): string {
  const built: unknown = JSON.parse(readFileSync(join(assetsDir, 'plan', assetFiles.config), 'utf8'));
  return BuiltConfigSchema.parse(built).version;
}
