import type { LocalDate } from '#shared/contracts/primitives.ts';
import { addMonths } from '#shared/core/ageing/add-months.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { fictionalNumber } from './fictional-numbers.ts';
import type { Place } from './place.ts';
import { places } from './places.ts';
import type { WrittenRow } from './row-text.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** How the accounts stand, with how many of every hundred. */
const standings = [
  { share: 20, from: -5, to: -1, pastDue: false },
  { share: 40, from: 0, to: 9, pastDue: true },
  { share: 20, from: 10, to: 30, pastDue: true },
  { share: 15, from: 31, to: 60, pastDue: true },
  { share: 5, from: -25, to: -10, pastDue: false },
] as const;

const secondAccountShare = 0.06;
const unknownZoneShare = 0.1;
const noPhoneShare = 0.06;
const noEmailShare = 0.1;
const landlineShare = 0.05;
const noBirthDateShare = 0.08;
const loanShare = 0.15;
/** What people have said of the channels, with how many of every hundred. */
const consentTexts = [
  { share: 45, text: 'sms:express;call:express' },
  { share: 18, text: 'sms:express;call:none' },
  { share: 22, text: '' },
  { share: 7, text: 'email:express' },
  { share: 4, text: 'sms:express;call:optout' },
  { share: 4, text: 'sms:optout' },
] as const;

/**
 * Invented people with accounts before and after their due date, at home in several countries, one with a second
 * account here and there, some without a number, an address or a time zone, some who have refused a channel. The same
 * number of people, seed and date give the same rows.
 */
export function* syntheticPeople(options: {
  readonly people: number;
  readonly seed: number;
  readonly today: LocalDate;
}): Generator<WrittenRow, void, undefined> {
  const livingIn = new Map<Place, number>();
  for (let index = 0; index < options.people; index += 1) {
    const random = seededRandom(`person ${options.seed} ${index}`);
    const place = byShare(places, random);
    const nth = livingIn.get(place) ?? 0;
    livingIn.set(place, nth + 1);
    const id = String(index + 1).padStart(4, '0');
    const person = inventPerson({ place, random, id, nth: nth + offsetIn(place) });
    const birth = inventBirth(seededRandom(`birth ${options.seed} ${index}`));
    const account = (accountId: string): WrittenRow => {
      const { extra, ...columns } = inventAccount(place, random, options.today);
      return { ...person, accountId, ...columns, extra: { ...extra, ...birth } };
    };
    yield account(`card-${id}`);
    if (random.happens(secondAccountShare)) yield account(`card-${id}-2`);
  }
}

/** Drawn apart from all else, so that what was invented before stayed as it was when birth dates were added. */
function inventBirth(random: SeededRandom): { readonly x_birth_date: string } {
  if (random.happens(noBirthDateShare)) return { x_birth_date: '' };
  const year = random.whole(1948, 2004);
  const [month, day] = [random.whole(1, 12), random.whole(1, 28)];
  return { x_birth_date: [year, twoDigits(month), twoDigits(day)].join('-') };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Places of one country draw from one block of numbers: each begins elsewhere in it. */
function offsetIn(place: Place): number {
  const perPlace = 400;
  return place.areaCode === undefined
    ? places.filter((other) => other.country === place.country).indexOf(place) * perPlace
    : 0;
}

function inventPerson({
  place,
  random,
  id,
  nth,
}: {
  readonly place: Place;
  readonly random: SeededRandom;
  readonly id: string;
  readonly nth: number;
}): WrittenRow {
  return {
    debtorId: `person-${id}`,
    givenName: random.pick(place.givenNames),
    familyName: random.pick(place.familyNames),
    ...homeOf(place),
    ...(random.happens(unknownZoneShare) ? {} : { timeZone: place.timeZone }),
    ...(random.happens(noPhoneShare) ? {} : inventPhone(place, random, nth)),
    ...(random.happens(noEmailShare)
      ? {}
      : { email: `person-${id}@${random.pick(['example.com', 'example.org'])}` }),
    consents: byShare(consentTexts, random).text,
  };
}

function homeOf({ locale, country, region, postalCode, creditor }: Place): WrittenRow {
  return {
    locale,
    country,
    ...(region !== undefined && { region }),
    ...(postalCode !== undefined && { postalCode }),
    ...(creditor !== undefined && { creditor }),
  };
}

function inventPhone(place: Place, random: SeededRandom, nth: number): WrittenRow {
  const phone = fictionalNumber(place.country, nth, place.areaCode);
  return { phone, phoneKind: random.happens(landlineShare) ? 'landline' : 'mobile' };
}

function inventAccount(place: Place, random: SeededRandom, today: LocalDate): WrittenRow {
  const standing = byShare(standings, random);
  const days = random.whole(standing.from, standing.to);
  const dueDate = addDays(today, -days);
  const minimumDue = roughly(place.instalment, place.currency, random);
  const instalments = [0, 1, 2].filter((months) => addMonths(dueDate, months) <= today).length;
  const digits = countedDigits(place.currency);
  const pastDueMinor = standing.pastDue ? toMinor(minimumDue, digits) * instalments : 0;
  return {
    currency: place.currency,
    balance: roughly(place.instalment * random.whole(8, 40), place.currency, random),
    pastDue: fromMinor(pastDueMinor, digits),
    minimumDue,
    dueDate,
    product: random.happens(loanShare) ? 'loan' : 'card',
    riskScore: random.whole(5, 95) / 100,
    extra: { x_segment: random.pick(['new', 'regular', 'gold']) },
  };
}

/** An amount within a third of the usual one, in whole minor units. */
function roughly(amount: number, currency: string, random: SeededRandom): number {
  const digits = countedDigits(currency);
  return fromMinor(Math.round(toMinor(amount, digits) * (1 + (random.fraction() - 0.5) * 0.66)), digits);
}

function byShare<T extends { readonly share: number }>(list: readonly T[], random: SeededRandom): T {
  let left = random.fraction() * list.reduce((sum, one) => sum + one.share, 0);
  const found = list.find((one) => (left -= one.share) < 0) ?? list.at(-1);
  if (found === undefined) throw new RangeError('there is nothing to choose from');
  return found;
}
