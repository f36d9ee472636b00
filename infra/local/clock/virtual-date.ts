import { timeReader } from '#infra/local/clock/shared-time.ts';

/**
 * Makes `Date.now()`, `new Date()` and `Date()` of this thread follow the virtual clock. Dates made from arguments,
 * timers and `performance` stay real: a function that waits for an answer waits in real time.
 */
export function installVirtualDate(cell: SharedArrayBuffer): void {
  const now = timeReader(cell);
  const realDate = Date;
  globalThis.Date = new Proxy(realDate, {
    apply: () => new realDate(now()).toString(),
    construct: (target, args: unknown[], newTarget): Date =>
      // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- constructing a Date gives a Date, also an invalid one
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, property, receiver): unknown =>
      property === 'now' ? now : Reflect.get(target, property, receiver),
  });
}
