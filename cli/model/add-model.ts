import type { Command } from 'commander';
import { wholeNumber } from '../whole-number.ts';

interface TrainOptions {
  readonly seed: number;
  readonly modelVersion: string;
  readonly out?: string;
}

/** `dunwell model …`: the model of who does not cure by itself. */
export function addModel(program: Command): void {
  program
    .command('model')
    .description('the model of who does not cure by itself')
    .command('train')
    .description('fit the risk model to the UCI records (dataset 350) and print how good it is')
    .argument('<file>', 'uci-default-of-credit-card-clients.csv')
    .option('--seed <number>', 'the same seed splits the people alike', wholeNumber, 1)
    .option('--model-version <version>', 'version that the file will carry', '2026.11.0')
    .option('--out <file>', 'write the model there, such as config/models/risk.yaml')
    .action(async (file: string, { seed, modelVersion: version, out }: TrainOptions) => {
      const { modelTrainCommand } = await import('../commands/model-train.ts');
      process.exitCode = await modelTrainCommand({ file, seed, version, out }, { output: process.stdout });
    });
}
