/** Blocks of telephone numbers that reach nobody, with who keeps them so. */
const blocks: readonly RegExp[] = [
  // North America: 555-0100 to 555-0199 of each area code are kept for fiction (NANPA).
  /^\+1\d{3}55501\d{2}$/,
  // Twilio's own test numbers, which reach no telephone network (Twilio, "Test credentials").
  /^\+15005550\d{3}$/,
  // The numbers in Twilio's worked example of a signature; its result holds for exactly these.
  /^\+(14158675309|18005551212)$/,
  // United Kingdom: mobile and London numbers for drama (Ofcom).
  /^\+(447700900|442079460)\d{0,3}$/,
  // Australia: mobile numbers for drama, 0491 57x xxx (ACMA).
  /^\+6149157\d{0,4}$/,
  // Germany: 0171 39200-00 to -99 (Bundesnetzagentur).
  /^\+4917139200\d{0,2}$/,
  // Countries that keep none: unassigned prefixes, see cli/portfolio/fictional-numbers.ts.
  /^\+(861540000|88690000|8524000|34799000|52200000|55209000|91599990|81900000)\d{0,4}$/,
  // Subscriber numbers of zeros, for countries where a test only needs the form.
  /^\+\d*0{5}\d{0,3}$/,
];

/** True for a telephone number or the beginning of one that is kept for fiction, tests or examples. */
export function isFictional(number: string): boolean {
  return blocks.some((block) => block.test(number));
}
