import type { Rule, RuleOf } from '#shared/contracts/rule-pack.ts';
import type { Calendar } from '#shared/core/time/day-windows.ts';
import type { Judge, MayDeny } from '../compiled-rule.ts';
import { capJudge, capMayDeny } from './cap-rule.ts';
import { cooldownJudge, cooldownMayDeny } from './cooldown-rule.ts';
import { holdJudge } from './hold-rule.ts';
import { prerequisiteJudge } from './prerequisite-rule.ts';
import { consentJudge, contentJudge, recipientJudge } from './static-rules.ts';
import { windowJudge } from './window-rule.ts';

type TimedRule = RuleOf<'window' | 'cap' | 'cooldown' | 'prerequisite' | 'hold'>;

/** How a rule of any kind judges; the calendar says which days its windows take for holidays. */
export function judgeOf(rule: Rule, calendar: Calendar): Judge {
  switch (rule.kind) {
    case 'consent':
      return consentJudge(rule);
    case 'content':
      return contentJudge(rule);
    case 'recipient':
      return recipientJudge(rule);
    default:
      return timedJudge(rule, calendar);
  }
}

/** Rules that time alone can satisfy. */
function timedJudge(rule: TimedRule, calendar: Calendar): Judge {
  switch (rule.kind) {
    case 'window':
      return windowJudge(rule, calendar);
    case 'cap':
      return capJudge(rule);
    case 'cooldown':
      return cooldownJudge(rule);
    case 'prerequisite':
      return prerequisiteJudge(rule);
    case 'hold':
      return holdJudge(rule);
  }
}

/** What must be in a request for a rule to be able to deny it. */
export function mayDenyOf(rule: Rule): MayDeny {
  switch (rule.kind) {
    case 'cap':
      return capMayDeny(rule);
    case 'cooldown':
      return cooldownMayDeny(rule);
    case 'hold':
      return ({ contact }) => contact.holds.some((hold) => rule.kinds.includes(hold.kind));
    default:
      return () => true;
  }
}
