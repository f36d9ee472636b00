import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '#infra/build/build-paths.ts';
import { readStageSettings } from '#infra/stage-settings.ts';
import * as z from 'zod';

const run = promisify(execFile);
/** What the CDK may print at most, in bytes. */
const outputBytesMax = 16 * 1024 * 1024;

/** A synthesised template and what the local run has to know of its stage. */
export interface Assembly {
  readonly dir: string;
  readonly stage: string;
  readonly accountSid: string;
}

/** Where `cdk synth` writes. */
export const assemblyDir = join(projectDir, 'cdk.out');

/** Bundles the functions and synthesises the CDK app, as a deployment would. */
export async function buildAssembly(): Promise<Assembly> {
  await runHere([join(projectDir, 'infra/build/build.ts')]);
  await runHere([join(projectDir, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet']);
  return readAssembly();
}

/** Runs a script with this very Node, also where the script itself starts `node`. */
async function runHere(args: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
  };
  await run(process.execPath, [...args], { cwd: projectDir, env, maxBuffer: outputBytesMax });
}

const CdkJsonSchema = z.looseObject({ context: z.looseObject({ stage: z.unknown(), stages: z.unknown() }) });

/** The assembly that was synthesised last, for the stage of cdk.json. */
export function readAssembly(): Assembly {
  const { context } = CdkJsonSchema.parse(JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')));
  const { stage, settings } = readStageSettings(context.stage, context.stages);
  return { dir: assemblyDir, stage, accountSid: settings.twilioAccountSid };
}
