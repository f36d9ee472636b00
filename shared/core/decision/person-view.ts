import type { Account } from '#shared/contracts/account.ts';
import type { Consent, Debtor } from '#shared/contracts/debtor.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import {
  toPersonalHours,
  type ContactConsent,
  type ContactEvent,
  type PersonalHours,
  type ZoneOfDebtor,
} from '#shared/core/permission/contact-request.ts';
import {
  agreementsOn,
  nothingAgreed,
  type AccountAgreements,
} from '#shared/core/agreements/account-agreements.ts';
import { zonesOf } from '#shared/core/zones/zones-of.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { DecisionRules } from './compile-rules.ts';
import { historyOf } from './history-of.ts';

/** What a decision about one person needs again and again, worked out once. */
export interface PersonView {
  readonly person: Person;
  readonly debtor: Debtor;
  readonly rules: DecisionRules;
  readonly now: Instant;
  readonly zones: readonly ZoneOfDebtor[];
  /** The zone by which the person's account ages and preferred times are meant; null when none is known. */
  readonly homeZone: string | null;
  /** Country, or country and subdivision, as rule packs know places. */
  readonly residence: string;
  readonly locale: string;
  readonly consents: readonly ContactConsent[];
  /** Hours that the person asked for. */
  readonly personalWindows: readonly PersonalHours[];
  readonly history: readonly ContactEvent[];
  /** What was agreed about an account, and how it stands at `now`; judged once. */
  readonly agreementsOn: (account: Account) => AccountAgreements;
  /** When the last contact on each channel was reserved or the person last wrote there; -Infinity when neither was. */
  readonly lastContactAt: Readonly<Record<Channel, number>>;
}

/** Zones by how well they tell where somebody really is. */
const evidenceOrder = ['stated', 'address', 'number'] as const;

/** Null when nothing is known of the person but ledger rows: there is nobody to decide about. */
export function viewOf(person: Person, rules: DecisionRules, now: Instant): PersonView | null {
  const { debtor } = person;
  if (debtor === undefined) return null;
  const zones = zonesOf(debtor);
  return {
    person,
    debtor,
    rules,
    now,
    zones,
    homeZone: homeZoneOf(zones),
    residence: debtor.region === undefined ? debtor.country : `${debtor.country}-${debtor.region}`,
    locale: person.preferences?.language ?? debtor.language ?? debtor.locale,
    consents: consentsOf([...debtor.consents, ...person.consents]),
    personalWindows: person.preferences?.windows.map(toPersonalHours) ?? [],
    history: historyOf(person),
    agreementsOn: agreementsJudge(person, now),
    lastContactAt: lastContactAt(person),
  };
}

const nobodyAgreed = () => nothingAgreed;

/** Permission asks for it with each question: what was judged is kept. */
function agreementsJudge(person: Person, now: Instant): PersonView['agreementsOn'] {
  if (person.promises.length === 0 && person.plans.length === 0) return nobodyAgreed;
  const judged = new Map<string, AccountAgreements>();
  return (account) => {
    const known = judged.get(account.accountId);
    if (known !== undefined) return known;
    const agreements = agreementsOn(account, person, now);
    judged.set(account.accountId, agreements);
    return agreements;
  };
}

/** Consents of the feed and of the person's own words since, as the permission engine reads them. */
function consentsOf(consents: readonly Consent[]): readonly ContactConsent[] {
  return consents.map((consent) => ({ ...consent, at: toInstant(consent.at) }));
}

/** The zone by which a person lives, by the best evidence; null when none is known. */
export function homeZoneOf(zones: readonly ZoneOfDebtor[]): string | null {
  for (const evidence of evidenceOrder) {
    const found = zones.find((zone) => zone.evidence === evidence);
    if (found !== undefined) return found.zone;
  }
  return null;
}

/** Whoever has just written is not written to by the machine's own plan at once: that counts as a contact here, too. */
function lastContactAt({ attempts, inbound }: Person): PersonView['lastContactAt'] {
  const last = { sms: -Infinity, email: -Infinity, call: -Infinity };
  for (const { state, channel, reservedAt } of attempts) {
    if (state !== 'failed' && reservedAt > last[channel]) last[channel] = reservedAt;
  }
  for (const { channel, at } of inbound) if (at > last[channel]) last[channel] = at;
  return last;
}

/** Where a channel reaches the person, or null when it does not: no address, or one that is over. */
export function destinationOf(view: PersonView, channel: Channel): string | null {
  const value = channel === 'email' ? view.debtor.email : view.debtor.phone;
  if (value === undefined) return null;
  const ended = view.person.endedDestinations.some((one) => one.value === value && one.channel === channel);
  return ended ? null : value;
}
