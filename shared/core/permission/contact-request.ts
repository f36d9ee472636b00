import type { Jurisdiction } from '#shared/contracts/permission.ts';
import type { PersonalWindow } from '#shared/contracts/personal-window.ts';
import type {
  Automation,
  ConsentLevel,
  ContactChannel,
  ContactOutcome,
  ContactPurpose,
  DestinationKind,
  Party,
  ZoneEvidence,
} from '#shared/contracts/permission-words.ts';
import { compileDayWindows, type DayWindows } from '#shared/core/time/day-windows.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { LocalDay } from '#shared/kernel/local-date.ts';

/** One contact to be judged, as the machine itself holds it: instants as numbers, local dates as day numbers. */
export type ContactRequest = {
  readonly at: Instant;
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  readonly party: Party;
  readonly automation?: Automation | undefined;
  /** Packs by id; absent: resolved from the jurisdiction. */
  readonly packs?: readonly string[] | undefined;
  readonly jurisdiction?: Jurisdiction | undefined;
  readonly zones: readonly ZoneOfDebtor[];
  readonly consents: readonly ContactConsent[];
  readonly personalWindows: readonly PersonalHours[];
  readonly debt?: ContactDebt | undefined;
  readonly destination?: ContactDestination | undefined;
  readonly history: readonly ContactEvent[];
  readonly holds: readonly ContactHold[];
  readonly facts: readonly DatedFact[];
  /** Disclosure elements in the rendered message; absent where nothing is rendered yet. */
  readonly content?: readonly string[] | undefined;
};

export type ZoneOfDebtor = { readonly zone: string; readonly evidence: ZoneEvidence };
type ContactDebt = {
  readonly id: string;
  readonly daysPastDue?: number | undefined;
  readonly product?: string | undefined;
};
export type ContactDestination = { readonly kind: DestinationKind; readonly value?: string | undefined };
export type ContactConsent = {
  readonly channel: ContactChannel;
  readonly level: ConsentLevel;
  readonly at: Instant;
  readonly number?: string | undefined;
  readonly outsideHours?: boolean | undefined;
};
export type ContactEvent = {
  readonly at: Instant;
  readonly channel: ContactChannel;
  readonly direction: 'outbound' | 'inbound';
  readonly outcome: ContactOutcome;
  readonly debts?: readonly string[] | undefined;
  readonly value?: string | undefined;
  readonly role?: string | undefined;
  readonly consented?: boolean | undefined;
};
export type ContactHold = {
  readonly kind: string;
  readonly from: LocalDay;
  readonly until?: LocalDay | undefined;
};
type DatedFact = { readonly kind: string; readonly at: Instant };

/** The debtor's own hours: contact only while every one of them is open. */
export type PersonalHours = {
  readonly channels?: readonly ContactChannel[] | undefined;
  readonly windows: readonly DayWindows[];
};

const defaultAutomation: Partial<Record<ContactChannel, Automation>> = {
  call: 'prerecorded',
  sms: 'automated_text',
};

/** How a contact is made when nobody says: a call plays a recording, a text is written by the machine. */
export function automationOf(channel: ContactChannel, stated?: Automation): Automation | undefined {
  return stated ?? defaultAutomation[channel];
}

/** Makes the debtor's hours ready for questions. */
export function toPersonalHours(window: PersonalWindow): PersonalHours {
  const windows: DayWindows[] = [];
  if (window.allow !== undefined) windows.push(compileDayWindows(window.allow));
  if (window.block !== undefined) windows.push(compileDayWindows(window.block, true));
  return { channels: window.channels, windows };
}
