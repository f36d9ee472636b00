import { timingSafeEqual } from 'node:crypto';

/** Whether two texts are alike, found out in a time that does not tell where they differ. */
export function isSameSecret(told: string, right: string): boolean {
  const a = Buffer.from(told);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
