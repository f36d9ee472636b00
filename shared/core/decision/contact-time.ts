import type { Account } from '#shared/contracts/account.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { PreferredTimes } from '#shared/contracts/strategy.ts';
import { fractionOf } from '#shared/core/identity/fnv1a64.ts';
import { findText } from '#shared/core/render/compile-templates.ts';
import { addDays, instantAt, localDateAt, wallMinutes } from '#shared/core/time/local-time.ts';
import { minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { permitContact } from './contact-permission.ts';
import type { Because, PlannedContact } from './decision.ts';
import { contextOf } from './own-texts.ts';
import type { PersonView } from './person-view.ts';

/** A contact that is thought of, before a time is found for it. */
export interface ContactProposal {
  readonly account: Account;
  readonly channel: Channel;
  readonly purpose: PlannedContact['purpose'];
  readonly destination: string;
  /** Disclosure elements that the text declares. */
  readonly elements: readonly string[];
  /** Whether it is about an agreement itself, which then does not hold it. */
  readonly isOwn?: boolean;
}

/** What a planned contact was proposed as; null when its leading account is not there any more. */
export function proposalOf(contact: PlannedContact, { person, rules }: PersonView): ContactProposal | null {
  const account = person.accounts.find((one) => one.accountId === contact.about[0]?.accountId);
  if (account === undefined) return null;
  const { channel, purpose, destination, template, locale } = contact;
  const context = contextOf(contact);
  const text = findText(rules.templates, { context, channel, name: template, locale });
  const isOwn = context !== 'overdue';
  return { account, channel, purpose, destination, elements: text?.elements ?? [], ...(isOwn && { isOwn }) };
}

/** When a contact may be made: `at` is null when no such instant lies within the engine's search. */
export interface ContactTime {
  readonly at: Instant | null;
  readonly because: Because;
}

/** Share of the preferred hours over which contacts begin; the rest is slack for pacing and late runs. */
const spreadShare = 0.75;

interface Setting {
  readonly view: PersonView;
  readonly homeZone: string;
  readonly preferred: PreferredTimes | null;
}

type PreferringSetting = Setting & { readonly preferred: PreferredTimes };

/**
 * The first instant at or after `from` which the strategy prefers and the law permits. When the preferred part of the day
 * is never permitted (on two days tried), any permitted instant will do: a rule may delay a contact, not swallow it.
 */
export function timeContact(
  setting: Setting,
  proposal: ContactProposal,
  { from, usePreferred }: { readonly from: Instant; readonly usePreferred: boolean },
): ContactTime {
  const { preferred } = setting;
  if (!usePreferred || preferred === null) return permittedFrom(setting.view, proposal, from);
  const hours = { ...setting, preferred };
  const first = tryPreferred(hours, proposal, from);
  if (first.allowed) return { at: first.at, because: [] };
  if (first.nextAt === null) return { at: null, because: first.because };
  const second = tryPreferred(hours, proposal, first.nextAt);
  if (second.allowed) return { at: second.at, because: first.because };
  return permittedFrom(setting.view, proposal, from);
}

function tryPreferred(setting: PreferringSetting, proposal: ContactProposal, from: Instant) {
  const at = nextPreferred(setting, from);
  return { at, ...permitContact(setting.view, proposal, at) };
}

/** Any permitted instant from `from` on; where a window has to open first, spread over the minutes after its opening. */
function permittedFrom(view: PersonView, proposal: ContactProposal, from: Instant): ContactTime {
  const { allowed, nextAt, because } = permitContact(view, proposal, from);
  if (allowed || nextAt === null) return { at: allowed ? from : null, because };
  const spreadMs = view.rules.limits.reopenSpreadMinutes * minuteMs * fractionOf(view.person.debtorId);
  const spread = toInstant(nextAt + wholeSeconds(spreadMs));
  const later = permitContact(view, proposal, spread);
  return { at: later.allowed ? spread : nextAt, because };
}

/**
 * The first instant at or after `from` inside the preferred part of a local day. Each person begins at their own point of
 * it, so that a portfolio is spread over the hours instead of bursting at the first minute.
 */
function nextPreferred({ view, homeZone, preferred }: PreferringSetting, from: Instant): Instant {
  const opens = wallMinutes(preferred.from);
  const closes = wallMinutes(preferred.to);
  const date = localDateAt(homeZone, from);
  const offsetMinutes = (closes - opens) * spreadShare * fractionOf(`${view.person.debtorId}/${homeZone}`);
  const begins = instantAt(homeZone, date, opens) + wholeSeconds(offsetMinutes * minuteMs);
  if (from < begins) return toInstant(begins);
  if (from < instantAt(homeZone, date, closes)) return from;
  return toInstant(instantAt(homeZone, addDays(date, 1), opens) + wholeSeconds(offsetMinutes * minuteMs));
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
