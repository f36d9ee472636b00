import type { ConsentLevel } from '#shared/contracts/permission-words.ts';
import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import type { Judge } from '../compiled-rule.ts';
import type { Judging } from '../judging.ts';

// These rules look at the request alone: what they deny, no waiting mends.

const consentRank: Readonly<Record<ConsentLevel, number>> = { optout: -1, none: 0, express: 1, written: 2 };

/** The newest consent for the channel must reach the level; an absent one reaches none. */
export function consentJudge(rule: RuleOf<'consent'>): Judge {
  const needed = consentRank[rule.level];
  return judgeByFacts(({ consent }) => consent.level !== undefined && consentRank[consent.level] >= needed);
}

/** The rendered message must carry what is required and nothing that is forbidden; not judged before it is rendered. */
export function contentJudge(rule: RuleOf<'content'>): Judge {
  const { require = [], forbid = [] } = rule;
  return judgeByFacts(({ contact: { content } }) => {
    if (content === undefined) return true;
    const isComplete = require.every((element) => content.includes(element));
    return isComplete && !forbid.some((element) => content.includes(element));
  });
}

/** Certain kinds of destination are never used. */
export function recipientJudge(rule: RuleOf<'recipient'>): Judge {
  return judgeByFacts(({ contact: { destination } }) => {
    return destination === undefined || !rule.deny_destinations.includes(destination.kind);
  });
}

function judgeByFacts(passes: (judging: Judging) => boolean): Judge {
  return (judging, _zones, at) => (passes(judging) ? at : Infinity);
}
