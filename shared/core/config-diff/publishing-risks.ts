import type { Publishing } from '#shared/contracts/publishing.ts';
import type { ConfigRisk } from './config-risk.ts';

/** What is risky about how later changes are put in force: fewer eyes on them, or no time to notice. */
export function publishingRisks(before: Publishing, after: Publishing): ConfigRisk[] {
  const risk = (words: string): ConfigRisk => ({ kind: 'publishing', name: '', words });
  const isAlone = before.approvers.required && !after.approvers.required;
  const more = newApprovers(before.approvers.among, after.approvers.among);
  return [
    ...(isAlone ? [risk('later changes need no second person any more')] : []),
    ...(more === null ? [] : [risk(`${more} may approve later changes`)]),
    ...(before.rollout === 'gradual' && after.rollout === 'at-once'
      ? [risk('later changes reach all functions at once: no alarm takes a mistake back in time')]
      : []),
  ];
}

type Among = Publishing['approvers']['among'];

/** Who may approve that might not before; an absent list stands for everybody. */
function newApprovers(before: Among, after: Among): string | null {
  if (before === undefined) return null;
  if (after === undefined) return 'everybody';
  const more = after.filter((approver) => !before.includes(approver));
  return more.length === 0 ? null : more.join(', ');
}
