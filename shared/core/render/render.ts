import type { TemplateContext } from '#shared/contracts/template.ts';
import type { CompiledEmail, CompiledSms, CompiledVoice } from './compile-templates.ts';
import { isGsm7, smsSegments, type SmsSegments } from './sms-segments.ts';
import type { TemplateValues } from './template-values.ts';

export interface RenderedSms {
  readonly body: string;
  readonly segments: number;
  readonly encoding: SmsSegments['encoding'];
}
export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
export interface RenderedVoice {
  readonly greeting: string;
  readonly message: string;
  readonly goodbye: string;
  readonly machine: string;
}

/** A text message as it will be sent, with what it costs. The caller compares `segments` with its limit. */
export function renderSms<X extends TemplateContext>(
  template: CompiledSms<X>,
  values: TemplateValues<NoInfer<X>>,
): RenderedSms {
  const body = cheapest(template.parts.body(values).trim());
  const { segments, encoding } = smsSegments(body);
  return { body, segments, encoding };
}

/** An e-mail: the subject is one line, values in the HTML part are escaped. */
export function renderEmail<X extends TemplateContext>(
  template: CompiledEmail<X>,
  values: TemplateValues<NoInfer<X>>,
): RenderedEmail {
  const { subject, text, html } = template.parts;
  return { subject: oneLine(subject(values)), text: `${text(values).trim()}\n`, html: html(values) };
}

/** What a call says, as plain text: the telephony adapter escapes it for its own markup. */
export function renderVoice<X extends TemplateContext>(
  template: CompiledVoice<X>,
  values: TemplateValues<NoInfer<X>>,
): RenderedVoice {
  const { greeting, message, goodbye, machine } = template.parts;
  return {
    greeting: oneLine(greeting(values)),
    message: oneLine(message(values)),
    goodbye: oneLine(goodbye(values)),
    machine: oneLine(machine(values)),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Typographic marks and the plain ones that say the same in the GSM alphabet. */
const plainMarks: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201C': '"',
  '\u201D': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u00A0': ' ',
};

/** A curly apostrophe in a name must not double the price: it is made plain when that alone makes the text GSM-7. */
function cheapest(text: string): string {
  const plain = text.replaceAll(
    /[\u2018\u2019\u201C\u201D\u2013\u2014\u2026\u00A0]/gu,
    (mark) => plainMarks[mark] ?? mark,
  );
  return isGsm7(plain) ? plain : text;
}
