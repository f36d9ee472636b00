import * as z from 'zod';
import { IdSchema, LocalDateSchema } from './primitives.ts';

/** Most single accounts that the file may name: it is for exceptions, not for a portfolio. */
const accountsMax = 2_000;
/** Shortest reason that says anything, in characters. */
const reasonLengthMin = 5;
const reasonLengthMax = 500;

const AccountDecisionSchema = z
  .strictObject({
    account: IdSchema.describe('The account.'),
    action: z
      .enum(['exclude', 'hold', 'strategy'])
      .describe(
        '`exclude`: the machine leaves it alone. `hold`: every contact about it is denied by the permission engine, ' +
          'as a hold of kind `manual`. `strategy`: it follows the strategy named.',
      ),
    strategy: IdSchema.optional().describe('Name of a strategy, for the action `strategy`.'),
    from: LocalDateSchema.describe('First date, where the person lives.'),
    until: LocalDateSchema.describe('Last date, inclusive. Every exception ends; renew it by another date.'),
    reason: z.string().min(reasonLengthMin).max(reasonLengthMax).describe('Why.'),
    by: z.string().min(1).max(200).describe('Who decided it.'),
  })
  .refine(({ action, strategy }) => (action === 'strategy') === (strategy !== undefined), {
    message: 'is for the action `strategy`, which needs one',
    path: ['strategy'],
  })
  .refine(({ from, until }) => from <= until, {
    message: 'must not be before `from`',
    path: ['until'],
  });
export type AccountDecision = z.infer<typeof AccountDecisionSchema>;

/** config/accounts.yaml: what operations decide about single accounts. */
export const AccountDecisionsSchema = z.strictObject({
  accounts: z.array(AccountDecisionSchema).max(accountsMax).describe('One entry an exception.'),
});
export type AccountDecisions = z.infer<typeof AccountDecisionsSchema>;
