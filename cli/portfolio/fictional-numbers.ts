/**
 * Telephone numbers that reach nobody. Where a country keeps numbers for fiction, those are used: North America
 * 555-0100 to 555-0199 in each area code, Ofcom's 07700 900000 to 900999, ACMA's mobile numbers for drama, the
 * Bundesnetzagentur's 0171 39200-00 to -99. The other countries keep none; for them the number has the right length in
 * a block that to our knowledge is not assigned (an unused prefix, or one of zeros). Do not dial any of them.
 */
const blocks = {
  CN: { prefix: '+861540000', digits: 4 },
  TW: { prefix: '+88690000', digits: 4 },
  HK: { prefix: '+8524000', digits: 4 },
  GB: { prefix: '+447700900', digits: 3 },
  DE: { prefix: '+4917139200', digits: 2 },
  ES: { prefix: '+34799000', digits: 3 },
  MX: { prefix: '+52200000', digits: 4 },
  BR: { prefix: '+55209000', digits: 4 },
  IN: { prefix: '+91599990', digits: 4 },
  JP: { prefix: '+81900000', digits: 4 },
} as const;

/** Last four digits of ACMA's mobile numbers 0491 57x xxx. */
const australian = [
  '0006',
  '0156',
  '0157',
  '0158',
  '0159',
  '0110',
  '0313',
  '0737',
  '1266',
  '1491',
  '1804',
  '2549',
  '2665',
];
const australianMore = [
  '2983',
  '3770',
  '3087',
  '4118',
  '4632',
  '5254',
  '5789',
  '6398',
  '6801',
  '7426',
  '7644',
  '8957',
];
const australianMobile = [...australian, ...australianMore];
const nanpFirst = 100;
const nanpNumbers = 100;

export type NumberedCountry = keyof typeof blocks | 'US' | 'CA' | 'AU';

/**
 * The nth fictional number of a country (of an area code in North America). A block is small: with more people than it
 * has numbers, people share them.
 */
export function fictionalNumber(country: NumberedCountry, nth: number, areaCode = '202'): string {
  if (country === 'US' || country === 'CA') return `+1${areaCode}5550${nanpFirst + (nth % nanpNumbers)}`;
  if (country === 'AU') return `+6149157${australianMobile[nth % australianMobile.length] ?? ''}`;
  const { prefix, digits } = blocks[country];
  return prefix + String(nth % 10 ** digits).padStart(digits, '0');
}
