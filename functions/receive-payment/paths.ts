/** Paths of the signed doors, which infra routes to `receive-payment`. */
export const stripePath = '/webhooks/stripe';
export const callbackPath = '/callbacks/payments';
