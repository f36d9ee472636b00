import type { Command } from 'commander';
import type { AssignArgs, PaymentSurroundings } from '../commands/payments.ts';
import { onTable, type TableOptions } from '../table-options.ts';

type AssignOptions = TableOptions & Pick<AssignArgs, 'account' | 'by'> & { readonly returned?: true };

/** `payments`: what has come in and waits for a person. */
export function addPayments(program: Command, surroundings: PaymentSurroundings): void {
  const payments = program.command('payments').description('payments that wait for a person');
  onTable(payments.command('parked').description('list them, oldest first')).action(
    async ({ json, ...place }: TableOptions) => {
      const { parkedCommand } = await import('../commands/payments.ts');
      process.exitCode = await parkedCommand({ ...place, json: json === true }, surroundings);
    },
  );
  onTable(
    payments
      .command('assign')
      .description('book one on an account, or note that the money went back')
      .argument('<payment>', 'its id, as `parked` prints it')
      .option('--account <id>', 'the account that it is for')
      .option('--returned', 'the money was given back')
      .option('--by <name>', 'who decides (default: your login name)'),
  ).action(async (payment: string, { json, returned, ...options }: AssignOptions) => {
    const { assignCommand } = await import('../commands/payments.ts');
    const args = { payment, json: json === true, returned: returned === true, ...options };
    process.exitCode = await assignCommand(args, surroundings);
  });
}
