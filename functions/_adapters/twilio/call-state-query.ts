import { CallStateSchema, type CallState } from '#shared/contracts/call-flow.ts';

/** Names under which the state of a call rides in the address of its webhook. */
const names = {
  node: 'at',
  turn: 'turn',
  silences: 'again',
  isFirstRight: 'first',
  amount: 'amount',
  date: 'date',
} as const satisfies Readonly<Record<keyof CallState, string>>;

/** The state as query parameters. */
export function callStateQuery(state: CallState): Readonly<Record<string, string>> {
  const { node, turn, silences, isFirstRight, amount, date } = state;
  return {
    [names.node]: node,
    [names.turn]: String(turn),
    [names.silences]: String(silences),
    ...(isFirstRight !== undefined && { [names.isFirstRight]: String(isFirstRight) }),
    ...(amount !== undefined && { [names.amount]: String(amount) }),
    ...(date !== undefined && { [names.date]: date }),
  };
}

/** The state of a query; null when it has none, undefined when what it has is no state of ours. */
export function readCallState(query: URLSearchParams): CallState | null | undefined {
  if (!query.has(names.node)) return null;
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
  const first = query.get(names.isFirstRight);
  const amount = number(names.amount);
  const read = CallStateSchema.safeParse({
    node: query.get(names.node),
    turn: number(names.turn),
    silences: number(names.silences),
    ...(first !== null && { isFirstRight: first === 'true' }),
    ...(amount !== undefined && { amount }),
    ...(query.has(names.date) && { date: query.get(names.date) }),
  });
  return read.success ? read.data : undefined;
}
