/**
 * Zones by the beginning of a postal code, for countries with several. Prefixes through which a border of zones runs
 * have the zones of both sides. What is not listed has no place that is known for sure, such as military post.
 */

/** First three digits of a United States ZIP code, as ranges. */
const zipRanges: readonly (readonly [zones: string, ranges: string])[] = [
  ['America/New_York', '005 010-089 100-269 270-323 326-342 344 346-347 349 374 376-379 398-418 430-462 466-474 478 480-497'],
  ['America/Puerto_Rico', '006-009'],
  ['America/New_York America/Chicago', '324 373 385 425-427 465 475 479 498-499'],
  ['America/Chicago', '325 350-372 375 380-384 386-397 420-424 463-464 476-477 500-574 580-584 587 600-676 679-689 700-797'],
  ['America/Chicago America/Denver', '575-576 585-586 588 677-678 690-692 798'],
  ['America/Denver', '577 590-599 693 799-834 836-837 840-847 870-885'],
  ['America/Phoenix', '850-857 863-864'],
  ['America/Phoenix America/Denver', '859-860 865'],
  ['America/Denver America/Los_Angeles', '835 898 979'],
  ['America/Los_Angeles', '838 889-897 900-961 970-978 980-994'],
  ['Pacific/Honolulu', '967-968'],
  ['America/Anchorage America/Adak', '995'],
  ['America/Anchorage', '996-999'],
]; // prettier-ignore

const zonesByZip: ReadonlyMap<string, readonly string[]> = new Map(
  zipRanges.flatMap(([zones, ranges]) =>
    ranges.split(' ').flatMap((range) => {
      const [first = '', last = first] = range.split('-');
      const count = Number(last) - Number(first) + 1;
      return Array.from({ length: count }, (_, index): [string, readonly string[]] => [
        String(Number(first) + index).padStart(3, '0'),
        zones.split(' '),
      ]);
    }),
  ),
);

/** First letter of a Canadian postal code. */
const zonesByCanadianLetter: Readonly<Record<string, string>> = {
  A: 'America/St_Johns America/Halifax',
  B: 'America/Halifax',
  C: 'America/Halifax',
  E: 'America/Halifax',
  G: 'America/Toronto America/Halifax America/Blanc-Sablon',
  H: 'America/Toronto',
  J: 'America/Toronto',
  K: 'America/Toronto',
  L: 'America/Toronto',
  M: 'America/Toronto',
  N: 'America/Toronto',
  P: 'America/Toronto America/Winnipeg America/Atikokan',
  R: 'America/Winnipeg',
  S: 'America/Regina America/Edmonton',
  T: 'America/Edmonton',
  V: 'America/Vancouver America/Edmonton America/Creston',
  X: 'America/Toronto America/Atikokan America/Winnipeg America/Edmonton America/Cambridge_Bay',
  Y: 'America/Whitehorse',
};

/** First digit of an Australian postcode; a border town may write that of the state next door. */
const zonesByAustralianDigit: Readonly<Record<string, string>> = {
  '0': 'Australia/Darwin Australia/Adelaide',
  '2': 'Australia/Sydney',
  '3': 'Australia/Sydney',
  '4': 'Australia/Brisbane Australia/Sydney',
  '5': 'Australia/Adelaide',
  '6': 'Australia/Perth Australia/Eucla',
  '7': 'Australia/Sydney',
};
const zonesByAustralianCode: Readonly<Record<string, string>> = {
  '2880': 'Australia/Adelaide',
  '2898': 'Australia/Lord_Howe',
};

/** The zones of a postal code; none when the country's codes say nothing about zones or the code is not known. */
export function zonesOfPostalCode(country: string, postalCode: string): readonly string[] {
  const code = postalCode.trim().toUpperCase();
  switch (country) {
    case 'US':
      return /^\d{5}/.test(code) ? (zonesByZip.get(code.slice(0, 3)) ?? []) : [];
    case 'CA':
      return listed(zonesByCanadianLetter[code.slice(0, 1)]);
    case 'AU':
      return listed(zonesByAustralianCode[code] ?? zonesByAustralianDigit[code.slice(0, 1)]);
    default:
      return [];
  }
}

function listed(zones: string | undefined): readonly string[] {
  return zones === undefined ? [] : zones.split(' ');
}
