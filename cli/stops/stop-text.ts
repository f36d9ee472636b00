import type { Stop, StopAct } from '#shared/contracts/stop.ts';

/** A stop on one line. */
export function stopText(stop: Stop): string {
  return `${stop.stopId}, ${actText(stop)}`;
}

/** When somebody acted, who it was and why. */
export function actText({ at, by, onBehalfOf, why }: StopAct): string {
  const forWhom = onBehalfOf === undefined ? '' : ` on behalf of ${onBehalfOf}`;
  return `${new Date(at).toISOString()} by ${by}${forWhom}: ${why}`;
}
