/** One portfolio row as the HTTP API and NDJSON files carry it: 100 past due since 1 March 2026. */
export function portfolioObject(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    accountId: 'A1',
    debtorId: 'P1',
    givenName: 'Mei',
    familyName: 'Lin',
    locale: 'zh-CN',
    currency: 'CNY',
    balance: '1000.00',
    pastDue: '100.00',
    minimumDue: '100.00',
    dueDate: '2026-03-01',
    product: 'credit_card',
    country: 'CN',
    region: 'SH',
    postalCode: '200000',
    ...changes,
  };
}
