/** The version of Stripe's API that what we send and read is written for. */
export const stripeVersion = '2026-10-28.endive';
