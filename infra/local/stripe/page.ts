import type { SessionRecord } from './records.ts';

/** The hosted page as the local run shows it: what is paid, a button to pay and one to go back; without any script. */
export function checkoutPage(session: SessionRecord, state: 'open' | 'paid' | 'expired'): string {
  const price = `${String(session.amount)} ${session.currency.toUpperCase()} (in Stripe's smallest unit)`;
  const buttons =
    state === 'open'
      ? `<form method="post" action="/pay/${session.id}/pay"><button>Pay</button></form>
<form method="post" action="/pay/${session.id}/back"><button>Back</button></form>`
      : `<p>This page is ${state}.</p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pay (local stand-in for Stripe)</title></head>
<body><h1>${escaped(session.title)}</h1><p>${escaped(price)}</p>
${buttons}
<p>Stand-in for Stripe's hosted page; no money moves.</p></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
