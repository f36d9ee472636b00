/**
 * Money is told and stored in major units (12.50) and calculated in whole minor units (1250), so that sums are exact.
 * How many decimals a currency has comes from ISO 4217, list one (active codes).
 */
const codesByDigits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
    'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
    'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
    'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const digitsByCode: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByDigits).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)]),
  ),
);

/** Decimals that ISO 4217 gives a currency (JPY 0, USD 2, KWD 3), or null when it is no active currency. */
export function currencyDigits(currency: string): number | null {
  return digitsByCode.get(currency) ?? null;
}

/** Decimals by which amounts of a currency are counted; two for one that is not in the list, which the doors let in nowhere. */
export function countedDigits(currency: string): number {
  return currencyDigits(currency) ?? 2;
}

/** 12.5 USD -> 1250. Exact for every amount that `isExactMinor` accepts. */
export function toMinor(amount: number, digits: number): number {
  return Math.round(amount * 10 ** digits);
}

/** 1250 minor units of a currency with two decimals -> 12.5. */
export function fromMinor(minor: number, digits: number): number {
  return minor / 10 ** digits;
}

/** Whether an amount has no more decimals than its currency and is small enough to be calculated exactly. */
export function isExactMinor(amount: number, digits: number): boolean {
  const minor = toMinor(amount, digits);
  return Number.isSafeInteger(minor) && fromMinor(minor, digits) === amount;
}
