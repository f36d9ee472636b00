import fc from 'fast-check';
import { PermitRequestSchema, type PermitRequest } from '#shared/contracts/permission.ts';
import * as words from '#shared/contracts/permission-words.ts';
import { RulePackSchema, type RulePack } from '#shared/contracts/rule-pack.ts';

/** Random packs and requests, dense enough that rules meet: few ids, few zones, events near the request's instant. */

/** Zones with hostile clocks: half-hour shifts, changes at midnight, odd offsets, and plain ones. */
export const hostileZones = [
  'America/New_York', 'America/Los_Angeles', 'Asia/Shanghai', 'Asia/Urumqi', 'Europe/London', 'Australia/Lord_Howe',
  'Africa/Cairo', 'America/Havana', 'Asia/Beirut', 'Africa/Casablanca', 'Europe/Dublin', 'Pacific/Chatham',
  'America/Nuuk', 'America/Asuncion', 'Asia/Kolkata', 'Australia/Sydney', 'UTC',
]; // prettier-ignore

const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const subset = <T>(values: readonly T[], min = 1) => fc.subarray([...values], { minLength: min });

const clockTime = fc.tuple(fc.integer({ min: 0, max: 23 }), some([0, 0, 0, 15, 30, 45, 59]));
const text = ([hour, minute]: readonly [number, number]) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
const windowText = fc
  .oneof(fc.tuple(clockTime, clockTime), fc.tuple(clockTime, fc.constant([24, 0] as [number, number])))
  .filter(([start, end]) => text(start) !== text(end))
  .map(([start, end]) => `${text(start)}-${text(end)}`);
const windowList = fc.array(windowText, { maxLength: 3 });

const daySpec = fc
  .record(
    {
      daily: windowList, mon: windowList, tue: windowList, wed: windowList, thu: windowList, fri: windowList,
      sat: windowList, sun: windowList, weekdays: windowList, weekend: windowList, holiday: windowList,
    },
    { requiredKeys: [] },
  )
  .filter((spec) => Object.keys(spec).length > 0); // prettier-ignore

/** Instants of 2025 to 2027, half of them within a day of a change of clocks. */
const changes = ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z',
  '2026-10-03T15:30Z', '2026-04-23T22:00Z', '2026-02-15T02:00Z', '2026-03-22T02:00Z']; // prettier-ignore
const minuteMs = 60_000;
export const instant = fc.oneof(
  fc
    .integer({ min: Date.UTC(2025, 0, 1) / minuteMs, max: Date.UTC(2027, 5, 1) / minuteMs })
    .map((minute) => minute * minuteMs),
  fc
    .tuple(some(changes), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([change, minutes]) => Date.parse(change) + minutes * minuteMs),
);
const iso = (ms: number) => new Date(ms).toISOString();
const date = (ms: number) => iso(ms).slice(0, 10);
const dayMs = 86_400_000;

const when = fc.record(
  {
    party: subset(words.parties),
    automation: subset(words.automations),
    product: some(['credit_card', 'loan']),
    daysPastDue: fc.record({ gte: fc.constant(10), lte: fc.constant(40) }, { requiredKeys: [] }),
    destination: subset(words.destinationKinds),
  },
  { requiredKeys: [] },
);
const purposes = fc.oneof(fc.constant(['reminder', 'collection']), subset(words.contactPurposes));

const common = (id: number, at: number) => ({
  id: fc.constant(`r${id}`),
  force: some(words.forces),
  channels: maybe(subset(words.contactChannels, 3)),
  purposes: maybe(purposes),
  when: fc.option(when, { nil: undefined, freq: 1 }),
  unless: fc.option(subset(words.dispensations), { nil: undefined, freq: 1 }),
  effective: fc.option(
    fc.record(
      {
        from: fc.integer({ min: -20, max: 10 }).map((days) => date(at + days * dayMs)),
        to: fc.integer({ min: 0, max: 50 }).map((days) => date(at + days * dayMs)),
      },
      { requiredKeys: [] },
    ),
    { nil: undefined, freq: 1 },
  ),
});
const count = {
  scope: maybe(subset(['debtor', 'debt', 'number'] as const)),
  exclude: maybe(subset(words.countExclusions)),
};
const small = fc.integer({ min: 1, max: 10 });
const holdKinds = ['dispute', 'breathing_space', 'hardship'];
const factKinds = ['notice_letter_sent', 'agency_notice_sent'];
const elements = ['optout_instruction', 'creditor_identity', 'mini_miranda'];

const rule = (id: number, at: number) => {
  const fields = common(id, at);
  const of = <T extends object>(kind: string, own: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record({ kind: fc.constant(kind), ...fields, ...own });
  const capWindow = fc.oneof(
    some(['calendar_day', 'calendar_week', 'calendar_month'] as const),
    small.map((days) => ({ rolling_days: days })),
    some([1, 24, 36, 168]).map((hours) => ({ rolling_hours: hours })),
  );
  const distinct = fc.option(fc.constant('channel'), { nil: undefined, freq: 1 });
  const length = fc.oneof(small.map((n) => ({ calendar_days: n })), some([1, 12, 48]).map((n) => ({ hours: n }))); // prettier-ignore
  return fc.oneof(
    { arbitrary: of('window', { allow: daySpec }), weight: 3 },
    {
      arbitrary: of('cap', {
        ...count, count: some(words.countingClasses), max: fc.integer({ min: 0, max: 4 }), window: capWindow,
        count_distinct: distinct,
      }), // prettier-ignore
      weight: 4,
    },
    { arbitrary: of('cooldown', { ...count, after: some(words.countingClasses), for: length }), weight: 2 },
    of('prerequisite', { require: some(factKinds), min_age: maybe(small.map((days) => ({ days }))) }),
    of('consent', { level: some(['none', 'express', 'written']) }),
    of('content', { require: maybe(subset(elements)), forbid: maybe(subset(elements)) }),
    of('recipient', { deny_destinations: subset(words.destinationKinds) }),
    of('hold', {
      kinds: subset(holdKinds),
      suspend: fc.boolean(),
      days: maybe(fc.integer({ min: 1, max: 70 })),
    }),
  );
};

export const pack = (name: string, at: number): fc.Arbitrary<RulePack> =>
  fc
    .record({
      pack: fc.constant(name),
      version: fc.constant('1'),
      tz: fc.oneof(
        { arbitrary: fc.constant({ mode: 'intersect_all' }), weight: 4 },
        fc.constant({ mode: 'presume_number_area' }),
        some(hostileZones).map((zone) => ({ mode: 'fixed', zone })),
      ),
      calendar: maybe(
        fc.record({
          dates: fc.array(
            fc.integer({ min: -2, max: 20 }).map((days) => date(at + days * dayMs)),
            { maxLength: 5 },
          ),
          exclude: fc.array(
            fc.integer({ min: 0, max: 9 }).map((days) => date(at + days * dayMs)),
            { maxLength: 2 },
          ),
        }),
      ),
      rules: fc
        .integer({ min: 0, max: 4 })
        .chain((n) => fc.tuple(...Array.from({ length: n }, (_, id) => rule(id, at)))),
    })
    .map((raw) => RulePackSchema.parse(JSON.parse(JSON.stringify(raw))));

const past = (at: number, days: number) =>
  fc.oneof(
    {
      arbitrary: fc.integer({ min: -days * 1_440, max: 60 }).map((minutes) => iso(at + minutes * minuteMs)),
      weight: 4,
    },
    fc.integer({ min: -1_500, max: 0 }).map((minutes) => iso(at + minutes * minuteMs)),
    some([0, -300_000, -86_400_000, -7 * dayMs]).map((offset) => iso(at + offset)),
  );

export const request = (at: number, packs: readonly string[]): fc.Arbitrary<PermitRequest> => {
  const event = fc.record({
    at: past(at, 12),
    channel: some(['call', 'call', 'sms', 'email', 'voicemail', 'visit', 'letter']),
    direction: some(['outbound', 'outbound', 'outbound', 'inbound']),
    outcome: some(words.contactOutcomes),
    debts: maybe(subset(['D1', 'D2'], 0)),
    value: maybe(some(['+1', '+2'])),
    by: some(['issuer', 'agency-1']),
    role: fc.option(some(['attorney', 'creditor']), { nil: undefined, freq: 1 }),
    consented: fc.option(fc.constant(true), { nil: undefined, freq: 1 }),
  });
  const consent = fc.record({
    channel: some(words.contactChannels),
    level: some(['none', 'express', 'express', 'written', 'optout'] as const),
    at: past(at, 12),
    number: maybe(some(['+1', '+2'])),
    outsideHours: maybe(fc.constant(true)),
  });
  const hold = fc.record({
    kind: some([...holdKinds, 'fraud']),
    scope: some(['debt', 'debtor']),
    from: fc.integer({ min: -60, max: 5 }).map((days) => date(at + days * dayMs)),
    until: maybe(fc.integer({ min: -5, max: 50 }).map((days) => date(at + days * dayMs))),
  });
  const personal = fc
    .tuple(fc.boolean(), daySpec, maybe(subset(words.contactChannels, 3)))
    .map(([allows, spec, channels]) => ({ [allows ? 'allow' : 'block']: spec, channels }));
  const rare = <T>(arbitrary: fc.Arbitrary<T>, max: number) =>
    fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, fc.array(arbitrary, { maxLength: max }));
  return fc
    .record({
      at: fc.constant(iso(at)),
      channel: some(['call', 'call', 'sms', 'email', 'voicemail', 'letter', 'visit']),
      purpose: fc.oneof(fc.constant(undefined), some(words.contactPurposes)),
      packs: fc.constant(packs),
      party: maybe(some(words.parties)),
      automation: maybe(some(words.automations)),
      debtor: fc.record({
        id: fc.constant('P1'),
        zones: fc.oneof(
          { arbitrary: fc.array(fc.record({ zone: some(hostileZones), evidence: some(words.zoneEvidences) }), { minLength: 1, maxLength: 3 }), weight: 12 },
          fc.constant([]),
        ), // prettier-ignore
        consents: rare(consent, 4),
        personalWindows: rare(personal, 2),
      }),
      debt: fc.record({ id: fc.constant('D1'), daysPastDue: maybe(fc.integer({ min: 0, max: 60 })), product: maybe(some(['credit_card', 'loan'])) }), // prettier-ignore
      destination: fc.record({ kind: some(words.destinationKinds), value: fc.constant('+1') }),
      history: fc.array(event, { maxLength: 10 }),
      holds: rare(hold, 3),
      facts: fc.array(fc.record({ kind: some(factKinds), at: past(at, 12) }), { maxLength: 3 }),
      content: maybe(subset(elements, 0).map((list) => ({ elements: list }))),
    })
    .map((raw) => PermitRequestSchema.parse(JSON.parse(JSON.stringify(raw))));
};

/** A request with the packs it names. */
export type PermissionCase = { readonly packs: readonly RulePack[]; readonly request: PermitRequest };

export const permissionCase: fc.Arbitrary<PermissionCase> = fc
  .tuple(instant, fc.integer({ min: 1, max: 3 }))
  .chain(([at, n]) => {
    const names = Array.from({ length: n }, (_, index) => `p${index}`);
    return fc.record({
      packs: fc.tuple(...names.map((name) => pack(name, at))),
      request: request(at, names),
    });
  });
