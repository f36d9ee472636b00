import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const node = process.execPath;
  await run(node, [join(projectDir, 'infra/build/build.ts')], { cwd: projectDir, maxBuffer: outputBytesMax });
  await run(node, [join(projectDir, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet'], {
    cwd: projectDir,
    maxBuffer: outputBytesMax,
  });
  return readAssembly();
}

const CdkJsonSchema = z.looseObject({ context: z.looseObject({ stage: z.unknown(), stages: z.unknown() }) });

/** The assembly that was synthesised last, for the stage of cdk.json. */
export function readAssembly(): Assembly {
  const { context } = CdkJsonSchema.parse(JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')));
  const { stage, settings } = readStageSettings(context.stage, context.stages);
  return { dir: assemblyDir, stage, accountSid: settings.twilioAccountSid };
}
