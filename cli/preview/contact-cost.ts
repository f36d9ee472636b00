import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Prices } from '#shared/contracts/prices.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { findTemplate } from '#shared/core/render/compile-templates.ts';
import { billedCountries, costMicros, type BilledMessage } from '#shared/core/render/message-cost.ts';
import { renderSms, renderVoice } from '#shared/core/render/render.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { subjectOf } from '#shared/usecases/contact-channel.ts';
import type { CostOf } from '#shared/usecases/preview-portfolio.ts';
import { callSeconds } from '../templates/call-length.ts';

/**
 * What contacts cost at the prices of a configuration, each text as it would really read for the person. A call is billed
 * when somebody answers it, for as long as its words take.
 */
export function contactCost(rules: DecisionRules, prices: Prices | undefined): CostOf | null {
  if (prices === undefined) return null;
  return (entry, person) =>
    costMicros(billedOf(entry, person, rules), billedCountries(entry.destination), prices);
}

function billedOf(entry: LedgerEntry, person: Person, rules: DecisionRules): BilledMessage {
  const { channel } = entry;
  switch (channel) {
    case 'email':
      return { channel };
    case 'sms':
      return { channel, segments: segmentsOf(entry, person, rules) };
    case 'call':
      return { channel, seconds: entry.state === 'conversation' ? secondsOf(entry, person, rules) : 0 };
  }
}

function segmentsOf(entry: LedgerEntry, person: Person, rules: DecisionRules): number {
  const text = findTemplate(rules.templates, entry.template, 'sms', entry.locale);
  return text === undefined ? 0 : renderSms(text, valuesOf(entry, person, rules)).segments;
}

function secondsOf(entry: LedgerEntry, person: Person, rules: DecisionRules): number {
  const text = findTemplate(rules.templates, entry.template, 'call', entry.locale);
  return text === undefined ? 0 : callSeconds(renderVoice(text, valuesOf(entry, person, rules)));
}

function valuesOf(entry: LedgerEntry, person: Person, rules: DecisionRules) {
  return subjectOf(entry, { person, rules, now: toInstant(entry.reservedAt) }).values;
}
