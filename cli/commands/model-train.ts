import { writeFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { RiskModelSchema } from '#shared/contracts/risk-model.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { riskModelFile } from '../model/risk-model-file.ts';
import { trainRiskModel, type TrainingArgs } from '../model/train-risk-model.ts';
import { trainingText } from '../model/training-text.ts';
import { readUci } from '../portfolio/read-uci.ts';
import type { UciRecord } from '../portfolio/uci-record.ts';

export interface ModelTrainArgs extends TrainingArgs {
  readonly file: string;
  /** Where the model goes; absent: only its quality is printed. */
  readonly out?: string | undefined;
}

/**
 * `dunwell model train FILE --seed 1 --out config/models/risk.yaml`: fits the risk model to the UCI records and prints how
 * good it is. Same arguments, same bytes.
 *
 * @throws CommandError when the file is not the one of the UCI Machine Learning Repository, or the version is none.
 */
export async function modelTrainCommand(
  { file, out, seed, version }: ModelTrainArgs,
  { output }: { readonly output: Writable },
): Promise<ExitStatus> {
  checkVersion(version);
  await sizeOfInput(file);
  const records: UciRecord[] = [];
  for await (const record of readUci(file)) records.push(record);
  const training = await trainRiskModel(records, { seed, version });
  if (out !== undefined) await writeFile(out, riskModelFile(training.model));
  output.write(trainingText(training));
  return exitStatus.done;
}

function checkVersion(version: string): void {
  const checked = RiskModelSchema.shape.version.safeParse(version);
  if (checked.success) return;
  const sentence = `--model-version ${version}: ${checked.error.issues[0]?.message ?? 'is no version'}`;
  throw new CommandError(exitStatus.refused, 'bad_version', [sentence]);
}
