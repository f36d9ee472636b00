/* eslint-disable complexity -- one condition for each sentence of the contract, in its order */
import { Temporal } from 'temporal-polyfill';
import type { PermitRequest } from '#shared/contracts/permission.ts';
import type { DaySpec } from '#shared/contracts/day-spec.ts';
import type { Rule, RuleOf, RulePack } from '#shared/contracts/rule-pack.ts';

/**
 * A second, naive reading of the permission contract: it judges one instant at a time with Temporal and finds the next
 * permitted one by trying every instant at which anything could change. It shares no code with the engine.
 */
export type OracleAnswer = {
  readonly allowed: boolean;
  readonly nextAt: number | null;
  readonly reasons: string[];
};
export type OracleHolidays = Readonly<Record<string, readonly string[]>>;

type Event = NonNullable<PermitRequest['history']>[number];
type Wall = { readonly date: Temporal.PlainDate; readonly minutes: number };

const ms = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
const dayCount = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  from.until(to, { largestUnit: 'day' }).days;
const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export class Oracle {
  private readonly walls = new Map<string, Wall>();
  private readonly request: PermitRequest;
  private readonly packs: readonly RulePack[];
  private readonly holidays: OracleHolidays;
  private readonly at: number;
  private readonly history: readonly Event[];

  constructor(request: PermitRequest, packs: readonly RulePack[], holidays: OracleHolidays = {}) {
    this.request = request;
    this.packs = packs;
    this.holidays = holidays;
    this.at = ms(request.at);
    this.history = (request.history ?? []).filter((event) => ms(event.at) <= this.at);
  }

  answer(): OracleAnswer {
    const reasons = this.denials(this.at);
    if (reasons.length === 0) return { allowed: true, nextAt: this.at, reasons };
    for (const candidate of this.candidates()) {
      if (this.denials(candidate).length === 0) return { allowed: false, nextAt: candidate, reasons };
    }
    return { allowed: false, nextAt: null, reasons };
  }

  /** Ids of what denies at an instant. */
  denials(t: number): string[] {
    const denied: string[] = [];
    const purposes = this.purposesAt(t);
    for (const pack of this.packs) {
      const zones = this.zonesOf(pack);
      for (const rule of pack.rules) {
        const seen = rule.kind === 'consent' ? purposes.forConsent : purposes.general;
        if (!rule.purposes.some((purpose) => seen.includes(purpose))) continue;
        if (rule.channels && !rule.channels.includes(this.request.channel)) continue;
        if (!this.whenHolds(rule) || this.isDispensed(rule) || !this.inForce(rule, zones, t)) continue;
        if (this.denies(rule, pack, zones, t)) denied.push(`${pack.pack}/${rule.id}`);
      }
    }
    return purposes.exempt ? denied : [...denied, ...this.builtins(t)];
  }

  private wall(zone: string, t: number): Wall {
    const key = `${zone} ${t}`;
    let wall = this.walls.get(key);
    if (!wall) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);
      const minutes = zoned.hour * 60 + zoned.minute + zoned.second / 60 + zoned.millisecond / 60_000;
      wall = { date: zoned.toPlainDate(), minutes };
      this.walls.set(key, wall);
    }
    return wall;
  }

  private zonesOf(pack: RulePack): string[] {
    const zones = this.request.debtor.zones ?? [];
    if (pack.tz.mode === 'fixed') return [pack.tz.zone!];
    const better = zones.filter(({ evidence }) => evidence !== 'number');
    const used = pack.tz.mode === 'presume_number_area' && better.length > 0 ? better : zones;
    return [...new Set(used.map(({ zone }) => zone))];
  }

  private purposesAt(t: number): { general: string[]; forConsent: string[]; exempt: boolean } {
    const purpose = this.request.purpose ?? 'collection';
    if (purpose === 'reminder') return { general: [purpose], forConsent: [purpose], exempt: false };
    if (purpose === 'consent_request') {
      return { general: ['collection', 'consent_request'], forConsent: ['consent_request'], exempt: false };
    }
    const exempt =
      purpose === 'statutory_notice' ||
      (purpose === 'reply_to_debtor' && this.isReply(t)) ||
      (purpose === 'optout_confirmation' && this.inboundAges(t).some((age) => age <= 5 * 60_000));
    const seen = exempt ? [purpose] : ['collection'];
    return { general: seen, forConsent: seen, exempt };
  }

  private inboundAges(t: number): number[] {
    const inbound = this.history.filter(
      (event) => event.direction === 'inbound' && event.channel === this.request.channel,
    );
    return inbound.map((event) => t - ms(event.at));
  }

  private isReply(t: number): boolean {
    const youngest = Math.min(...this.inboundAges(t));
    const followed = this.history.some(
      (event) => event.direction === 'outbound' && t - ms(event.at) < youngest,
    );
    return youngest <= 24 * 3_600_000 && !followed;
  }

  private whenHolds(rule: Rule): boolean {
    const { when } = rule;
    if (!when) return true;
    const { request } = this;
    const among = (wanted: string | readonly string[] | undefined, actual: string | undefined) =>
      wanted === undefined || actual === undefined || [wanted].flat().includes(actual);
    const byChannel = { call: 'prerecorded', sms: 'automated_text' } as Record<string, string>;
    const days = request.debt?.daysPastDue;
    return (
      among(when.party, request.party ?? 'first_party') &&
      among(when.automation, request.automation ?? byChannel[request.channel]) &&
      among(when.product, request.debt?.product) &&
      among(when.destination, request.destination?.kind) &&
      (days === undefined || days >= (when.daysPastDue?.gte ?? days)) &&
      (days === undefined || days <= (when.daysPastDue?.lte ?? days))
    );
  }

  private consents() {
    const value = this.request.destination?.value;
    return (this.request.debtor.consents ?? []).filter(
      (consent) =>
        consent.channel === this.request.channel &&
        ms(consent.at) <= this.at &&
        (consent.number === undefined || consent.number === value),
    );
  }

  private newestLevel(): string | undefined {
    const order = ['optout', 'none', 'express', 'written'];
    const sorted = this.consents().sort(
      (a, b) => ms(b.at) - ms(a.at) || order.indexOf(a.level) - order.indexOf(b.level),
    );
    return sorted[0]?.level;
  }

  private isDispensed(rule: Rule): boolean {
    return (rule.unless ?? []).some((word) =>
      word === 'outside_hours_consent'
        ? this.consents().some((consent) => consent.outsideHours === true && consent.level !== 'optout')
        : ['express', 'written'].includes(this.newestLevel() ?? ''),
    );
  }

  private inForce(rule: Rule, zones: string[], t: number): boolean {
    const { effective } = rule;
    if (!effective || zones.length === 0) return true;
    return zones.some((zone) => {
      const today = this.wall(zone, t).date.toString();
      return today >= (effective.from ?? '0000') && today <= (effective.to ?? '9999');
    });
  }

  private denies(rule: Rule, pack: RulePack, zones: string[], t: number): boolean {
    const content = this.request.content?.elements;
    switch (rule.kind) {
      case 'window':
        return zones.some((zone) => !this.inside(rule.allow, zone, t, this.holidaysOf(pack)));
      case 'cap':
        return zonesOrNone(rule.window, zones).some((zone) => this.capDenies(rule, zone, t));
      case 'cooldown':
        return zonesOrNone(rule.for, zones).some((zone) => this.coolsDown(rule, zone, t));
      case 'prerequisite':
        return this.lacks(rule, zones, t);
      case 'consent': {
        const level = this.newestLevel();
        const rank = ['none', 'express', 'written'];
        return level === undefined || rank.indexOf(level) < rank.indexOf(rule.level);
      }
      case 'content':
        if (!content) return false;
        return (
          (rule.require ?? []).some((element) => !content.includes(element)) ||
          (rule.forbid ?? []).some((element) => content.includes(element))
        );
      case 'recipient':
        return (
          this.request.destination !== undefined &&
          rule.deny_destinations.includes(this.request.destination.kind)
        );
      case 'hold':
        return (
          rule.suspend && this.holdsOf(rule.kinds).some((hold) => this.isHeld(hold, zones, t, rule.days))
        );
    }
  }

  private holidaysOf(pack: RulePack): Set<string> {
    const { calendar } = pack;
    if (!calendar) return new Set();
    const key = calendar.country ? [calendar.country, calendar.state].filter(Boolean).join('-') : '';
    const days = new Set([...(this.holidays[key] ?? []), ...calendar.dates]);
    for (const date of calendar.exclude) days.delete(date);
    return days;
  }

  private inside(spec: DaySpec, zone: string, t: number, holidays: Set<string>): boolean {
    const { date, minutes } = this.wall(zone, t);
    const entry = (day: Temporal.PlainDate) => {
      if (holidays.has(day.toString()) && spec.holiday) return spec.holiday;
      const part = day.dayOfWeek >= 6 ? spec.weekend : spec.weekdays;
      return spec[names[day.dayOfWeek - 1]!] ?? part ?? spec.daily ?? [];
    };
    const hits = (day: Temporal.PlainDate, minute: number) =>
      entry(day).some((text) => {
        const [start, end] = bounds(text);
        return minute >= start && minute < (end < start ? end + 1_440 : end);
      });
    return hits(date, minutes) || hits(date.subtract({ days: 1 }), minutes + 1_440);
  }

  private counted(rule: RuleOf<'cap'> | RuleOf<'cooldown'>): Event[] {
    const scope = rule.scope ?? ['debtor'];
    const exclude = rule.exclude ?? [];
    return this.history.filter(
      (event) =>
        inClass(event, rule.kind === 'cap' ? rule.count : rule.after) &&
        (!scope.includes('debt') || (event.debts ?? []).includes(this.request.debt!.id)) &&
        (!scope.includes('number') || (event.value ?? '') === this.request.destination!.value) &&
        !(exclude.includes('not_in_service') && event.outcome === 'not_in_service') &&
        !(exclude.includes('consented') && event.consented) &&
        !(exclude.includes('attorney_or_creditor') && ['attorney', 'creditor'].includes(event.role ?? '')),
    );
  }

  private isLifted(rule: RuleOf<'cap'> | RuleOf<'cooldown'>, zone: string, t: number): boolean {
    if (zone === noZone || rule.force !== 'presumption' || !(rule.exclude ?? []).includes('consented'))
      return false;
    return this.consents().some((consent) => {
      if (consent.outsideHours || !['express', 'written'].includes(consent.level)) return false;
      return dayCount(this.wall(zone, ms(consent.at)).date, this.wall(zone, t).date) <= 6;
    });
  }

  private capDenies(rule: RuleOf<'cap'>, zone: string, t: number): boolean {
    if (this.isLifted(rule, zone, t)) return false;
    const inWindow = this.counted(rule).filter((event) => this.isInWindow(rule.window, event, zone, t));
    if (!rule.count_distinct) return inWindow.length >= rule.max;
    return new Set([this.request.channel, ...inWindow.map(({ channel }) => channel)]).size > rule.max;
  }

  private isInWindow(window: RuleOf<'cap'>['window'], event: Event, zone: string, t: number): boolean {
    if (typeof window === 'object' && 'rolling_hours' in window)
      return t - ms(event.at) < window.rolling_hours * 3_600_000;
    const today = this.wall(zone, t).date;
    const date = this.wall(zone, ms(event.at)).date;
    const monday = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });
    if (window === 'calendar_day') return today.equals(date);
    if (window === 'calendar_week') return monday(today).equals(monday(date));
    if (window === 'calendar_month') return today.toString().slice(0, 7) === date.toString().slice(0, 7);
    return dayCount(date, today) < window.rolling_days;
  }

  private coolsDown(rule: RuleOf<'cooldown'>, zone: string, t: number): boolean {
    if (this.isLifted(rule, zone, t)) return false;
    const length = rule.for;
    return this.counted(rule).some((event) =>
      'hours' in length
        ? t - ms(event.at) < length.hours * 3_600_000
        : dayCount(this.wall(zone, ms(event.at)).date, this.wall(zone, t).date) < length.calendar_days,
    );
  }

  private lacks(rule: RuleOf<'prerequisite'>, zones: string[], t: number): boolean {
    const facts = (this.request.facts ?? []).filter(
      (fact) => fact.kind === rule.require && ms(fact.at) <= this.at,
    );
    if (facts.length === 0) return true;
    const oldest = Math.min(...facts.map((fact) => ms(fact.at)));
    const days = rule.min_age?.days;
    if (days === undefined) return false;
    return zones.some((zone) => dayCount(this.wall(zone, oldest).date, this.wall(zone, t).date) < days + 1);
  }

  private holdsOf(kinds: readonly string[]) {
    return (this.request.holds ?? []).filter((hold) => kinds.includes(hold.kind));
  }

  private isHeld(
    hold: { from: string; until?: string | undefined },
    zones: string[],
    t: number,
    days?: number | null,
  ): boolean {
    const byDays =
      typeof days !== 'number'
        ? undefined
        : Temporal.PlainDate.from(hold.from)
            .add({ days: days - 1 })
            .toString();
    const last = hold.until ?? byDays ?? '9999';
    return zones.some((zone) => {
      const today = this.wall(zone, t).date.toString();
      return today >= hold.from && today <= last;
    });
  }

  private builtins(t: number): string[] {
    const denied: string[] = [];
    const own = [...new Set((this.request.debtor.zones ?? []).map(({ zone }) => zone))];
    if (this.packs.some((pack) => this.zonesOf(pack).length === 0)) denied.push('builtin/zone');
    if (this.newestLevel() === 'optout') denied.push('builtin/optout');
    for (const window of this.request.debtor.personalWindows ?? []) {
      if (window.channels && !window.channels.includes(this.request.channel)) continue;
      const closed = own.some(
        (zone) =>
          (window.allow !== undefined && !this.inside(window.allow, zone, t, new Set())) ||
          (window.block !== undefined && this.inside(window.block, zone, t, new Set())),
      );
      if (closed) denied.push('builtin/personal_window');
    }
    const mentioned = this.packs.flatMap((pack) =>
      pack.rules.flatMap((rule) => (rule.kind === 'hold' ? rule.kinds : [])),
    );
    const union = this.packs.flatMap((pack) => this.zonesOf(pack));
    const unmentioned = (this.request.holds ?? []).filter((hold) => !mentioned.includes(hold.kind));
    for (const hold of unmentioned) if (this.isHeld(hold, union, t)) denied.push(`builtin/hold/${hold.kind}`);
    return [...new Set(denied)];
  }

  /** Every instant of the next sixty days at which any rule's answer can change, in order. */
  private candidates(): number[] {
    const end = this.at + 60 * 86_400_000;
    const found = new Set<number>();
    const add = (t: number) => t > this.at && t <= end && found.add(t);
    const zones = new Set([
      ...(this.request.debtor.zones ?? []).map(({ zone }) => zone),
      ...this.packs.flatMap((pack) => this.zonesOf(pack)),
    ]);
    const minutes = new Set(['00:00', ...this.allWindows().flatMap((text) => text.split('-'))]);
    minutes.delete('24:00');
    for (const zone of zones) {
      for (const t of wallInstants(zone, this.at, minutes)) add(t);
      for (const t of transitions(zone, this.at, end)) add(t);
    }
    for (const event of this.history) {
      for (const hours of this.allHours()) add(ms(event.at) + hours * 3_600_000);
      add(ms(event.at) + 24 * 3_600_000 + 1);
      add(ms(event.at) + 5 * 60_000 + 1);
    }
    return [...found].sort((a, b) => a - b);
  }

  private allWindows(): string[] {
    const specs = this.packs.flatMap((pack) =>
      pack.rules.flatMap((rule) => (rule.kind === 'window' ? [rule.allow] : [])),
    );
    const own = (this.request.debtor.personalWindows ?? []).flatMap(({ allow, block }) => [
      allow ?? {},
      block ?? {},
    ]);
    return [...specs, ...own].flatMap((spec) =>
      Object.values(spec)
        .flat()
        .filter((text) => text !== undefined),
    );
  }

  private allHours(): number[] {
    return this.packs.flatMap((pack) =>
      pack.rules.flatMap((rule) => {
        if (rule.kind === 'cooldown' && 'hours' in rule.for) return [rule.for.hours];
        if (rule.kind !== 'cap' || typeof rule.window !== 'object' || !('rolling_hours' in rule.window))
          return [];
        return [rule.window.rolling_hours];
      }),
    );
  }
}

/** What counts hours needs no zone. */
const noZone = '';
function zonesOrNone(length: RuleOf<'cap'>['window'] | RuleOf<'cooldown'>['for'], zones: string[]): string[] {
  const isHours = typeof length === 'object' && ('hours' in length || 'rolling_hours' in length);
  return zones.length === 0 && isHours ? [noZone] : zones;
}

function bounds(text: string): [number, number] {
  const [start, end] = text.split('-').map((part) => Number(part.slice(0, 2)) * 60 + Number(part.slice(3)));
  return [start!, end!];
}

function inClass(event: Event, name: string): boolean {
  const { channel, outcome } = event;
  if (name === 'conversation') return outcome === 'conversation';
  if (event.direction !== 'outbound') return false;
  if (name === 'call_placed') return channel === 'call' || channel === 'voicemail';
  if (name === 'unanswered_attempt')
    return channel === 'call' && (outcome === 'no_answer' || outcome === 'busy');
  if (name === 'effective_call')
    return channel === 'call' && (outcome === 'answered' || outcome === 'conversation');
  if (name === 'contact_made')
    return ['answered', 'conversation', 'voicemail', 'delivered'].includes(outcome);
  if (name === 'any_contact') return outcome !== 'undelivered' && outcome !== 'not_in_service';
  if (name === 'phone_or_sms') return ['call', 'voicemail', 'sms'].includes(channel);
  if (name === 'electronic_msg') return channel === 'sms' || channel === 'email';
  return channel === 'call' || channel === 'visit';
}

function wallInstants(zone: string, at: number, minutes: Set<string>): number[] {
  const first = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const instants: number[] = [];
  for (let day = -1; day <= 62; day += 1) {
    for (const time of minutes) {
      const wall = first.add({ days: day }).toPlainDateTime(Temporal.PlainTime.from(time));
      for (const disambiguation of ['earlier', 'later'] as const) {
        instants.push(wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
      }
    }
  }
  return instants;
}

function transitions(zone: string, at: number, end: number): number[] {
  const found: number[] = [];
  let from = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  for (;;) {
    const next = from.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > end) return found;
    found.push(next.epochMilliseconds);
    from = next;
  }
}
