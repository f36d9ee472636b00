import type { Rendered } from '../config/render-facts.ts';
import { verdictWords, type ContentVerdict } from '../config/content-rules.ts';
import type { TextPreview } from './text-preview.ts';

/** Previews as text for a terminal, and at the end which rules which texts fail. */
export function previewsText(previews: readonly TextPreview[]): string {
  return [...previews.map(previewText), rulesText(previews)].join('\n');
}

function previewText(preview: TextPreview): string {
  const { name, locale, context, creditor, message, variants } = preview;
  const lines = [
    `${locale}/${name}  ${message.channel}  about ${context}, from ${creditor}`,
    ...field('locked screen', preview.lockScreen),
    ...partsText(message),
    ...variants.flatMap(({ when, text }) => field(`when ${when}`, text.trim().split('\n'))),
    ...field('size and cost', [billText(preview)]),
    ...field('elements', [preview.elements.join(', ')]),
    ...field('content rules', preview.rules.map(ruleText)),
  ];
  return `${lines.join('\n')}\n`;
}

function field(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : [`  ${name}`, ...values.map((value) => `    ${value}`.trimEnd())];
}

function partsText(message: Rendered): readonly string[] {
  switch (message.channel) {
    case 'sms':
      return field('text', message.body.split('\n'));
    case 'email':
      return [...field('subject', [message.subject]), ...field('text', message.text.trim().split('\n'))];
    case 'call':
      return [
        ...field('greeting', [message.greeting]),
        ...field('message', [message.message]),
        ...field('goodbye', [message.goodbye]),
        ...field('machine', [message.machine]),
      ];
  }
}

/** What is billed of a message and what it costs, in words. */
export function billText({
  message,
  billed,
  cost,
}: Pick<TextPreview, 'message' | 'billed' | 'cost'>): string {
  const price = cost === undefined ? '' : `, ${moneyOf(cost.micros)} ${cost.currency}`;
  switch (message.channel) {
    case 'sms': {
      const { segments, encoding, body } = message;
      const parts = `${segments} ${segments === 1 ? 'segment' : 'segments'}`;
      return `${parts} ${encoding}, ${Array.from(body).length} characters${price}`;
    }
    case 'email':
      return `HTML part ${Math.ceil(message.html.length / 1_024)} KB${price}`;
    case 'call': {
      const seconds = billed.channel === 'call' ? billed.seconds : 0;
      return `about ${seconds} seconds when all of it is heard${price}`;
    }
  }
}

const microsPerUnit = 1_000_000;

function moneyOf(micros: number): string {
  return String(micros / microsPerUnit);
}

/** A rule and how it judges, in words. */
export function ruleText(verdict: ContentVerdict): string {
  const why = verdictWords(verdict);
  return `${verdict.rule} ${verdict.verdict}${why === '' ? '' : `: ${why}`}`;
}

/** For each rule how many texts meet it, and by name those that do not. */
function rulesText(previews: readonly TextPreview[]): string {
  const rules = [...new Set(previews.flatMap((one) => one.rules.map(({ rule }) => rule)))].sort();
  const lines = rules.flatMap((rule) => {
    const judged = previews.flatMap((one) =>
      one.rules
        .filter((verdict) => verdict.rule === rule)
        .map(({ verdict }) => ({ text: `${one.locale}/${one.name}.${one.message.channel}`, verdict })),
    );
    const failing = judged.filter(({ verdict }) => verdict !== 'met');
    return [
      `  ${rule}: ${judged.length - failing.length} of ${judged.length} texts that it concerns meet it`,
      ...failing.map(({ text, verdict }) => `    ${text} ${verdict}`),
    ];
  });
  const head = `${previews.length} ${previews.length === 1 ? 'text' : 'texts'}`;
  return lines.length === 0
    ? `${head}; no content rule concerns them\n`
    : `${head}; content rules:\n${lines.join('\n')}\n`;
}
