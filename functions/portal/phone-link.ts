import { html, type Markup } from './html.ts';

/** A telephone number that a telephone can call, written as messages show it, so that both can be compared. */
export function phoneLink(phone: string): Markup {
  return html`<a href="tel:${phone}">${phone}</a>`;
}
