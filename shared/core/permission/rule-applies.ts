import type { Dispensation } from '#shared/contracts/permission-words.ts';
import type { Rule, RuleWhen } from '#shared/contracts/rule-pack.ts';
import type { Applies } from './compiled-rule.ts';
import type { ConsentStanding } from './consent-standing.ts';
import { automationOf, type ContactRequest } from './contact-request.ts';

type Test = (contact: ContactRequest) => boolean;

/** Whether a rule concerns a request: its channel, the tests under `when`, and no dispensation under `unless`. */
export function appliesOf(rule: Rule): Applies {
  const { channels, unless = [] } = rule;
  const tests = testsOf(rule.when ?? {});
  return (contact, consent) => {
    if (channels !== undefined && !channels.includes(contact.channel)) return false;
    for (const test of tests) if (!test(contact)) return false;
    for (const dispensation of unless) if (hasDispensation(dispensation, consent)) return false;
    return true;
  };
}

function hasDispensation(dispensation: Dispensation, consent: ConsentStanding): boolean {
  switch (dispensation) {
    case 'outside_hours_consent':
      return consent.outsideHours;
    case 'direct_consent':
      return consent.level === 'express' || consent.level === 'written';
  }
}

function testsOf(when: RuleWhen): readonly Test[] {
  const { daysPastDue: days } = when;
  const tests: Test[] = [];
  if (when.party !== undefined) tests.push(oneOf(when.party, (contact) => contact.party));
  if (when.automation !== undefined) {
    tests.push(oneOf(when.automation, (contact) => automationOf(contact.channel, contact.automation)));
  }
  if (when.product !== undefined) tests.push(oneOf(when.product, (contact) => contact.debt?.product));
  if (when.destination !== undefined)
    tests.push(oneOf(when.destination, (contact) => contact.destination?.kind));
  if (days !== undefined) tests.push(between(days.gte ?? -Infinity, days.lte ?? Infinity));
  return tests;
}

/** What the request lacks can't be told apart from what the rule means, so that the rule applies. */
function oneOf(
  allowed: string | readonly string[],
  of: (contact: ContactRequest) => string | undefined,
): Test {
  const list = typeof allowed === 'string' ? [allowed] : allowed;
  return (contact) => {
    const value = of(contact);
    return value === undefined || list.includes(value);
  };
}

function between(least: number, most: number): Test {
  return ({ debt }) =>
    debt?.daysPastDue === undefined || (debt.daysPastDue >= least && debt.daysPastDue <= most);
}
