import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { ContactChannel } from '#shared/contracts/permission-words.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { creditorDefault } from '#shared/contracts/portfolio-row.ts';
import type { Template, TemplateContext } from '#shared/contracts/template.ts';
import { optOutConfirmation } from '#shared/core/decision/own-texts.ts';
import { compilePacks, type CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { lockScreenText } from '#shared/core/render/lock-screen.ts';
import { costMicros, type BilledMessage } from '#shared/core/render/message-cost.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { contentVerdicts, type ContentVerdict } from '../config/content-rules.ts';
import { factsRenderer, type Rendered } from '../config/render-facts.ts';
import { sampleFacts, samplePeople } from '../config/sample-facts.ts';
import { variationsOf } from '../config/sample-variations.ts';
import { visibleText } from '../config/visible-text.ts';
import { callSeconds } from './call-length.ts';

/** How a text comes out for an invented person, and what is to be known of it before it is sent to a real one. */
export interface TextPreview {
  readonly name: string;
  readonly locale: string;
  readonly context: TemplateContext;
  readonly creditor: string;
  /** What a locked phone shows, a line each: of an e-mail its sender, subject and first words. */
  readonly lockScreen: readonly string[];
  readonly message: Rendered;
  /** How else its main part reads, by the facts that change it. */
  readonly variants: readonly TextVariant[];
  readonly billed: BilledMessage;
  /** What it costs in the creditor's country; absent without prices. */
  readonly cost?: { readonly micros: number; readonly currency: string };
  readonly elements: readonly string[];
  readonly rules: readonly ContentVerdict[];
}
interface TextVariant {
  readonly when: string;
  readonly text: string;
}

/** Which texts to show; what is absent leaves nothing out. */
export interface PreviewChoice {
  readonly name?: string;
  readonly locale?: string;
  readonly channel?: Channel;
  readonly creditor?: string;
}

/** Previews of the chosen texts by name, channel and language; rules as they are in force at `at`. */
export function previewTexts(
  bundle: ConfigBundle,
  choice: PreviewChoice,
  at: Instant,
): readonly TextPreview[] {
  const packs = compilePacks(bundle.policies, bundle.holidays, bundle.rules);
  return bundle.templates
    .filter((template) => isChosen(template, choice))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map((template) => {
      const creditor = creditorFor(bundle, template.locale, choice.creditor);
      return previewOf(template, { bundle, packs, creditor, at });
    });
}

function isChosen(template: Template, { name, locale, channel }: PreviewChoice): boolean {
  return [
    [name, template.name],
    [locale, template.locale],
    [channel, template.channel],
  ].every(([wanted, found]) => wanted === undefined || wanted === found);
}

const channelOrder: readonly Channel[] = ['sms', 'email', 'call'];

function orderOf({ name, channel, locale }: Template): string {
  return `${name} ${channelOrder.indexOf(channel)} ${locale}`;
}

/** The chosen creditor, else one of the country that the language names, else the one of accounts that name none. */
function creditorFor({ creditors }: ConfigBundle, locale: string, chosen: string | undefined): Creditor {
  const region = locale.split('-')[1];
  const found =
    creditors.find(({ creditor }) => creditor === chosen) ??
    creditors.find(({ country }) => country === region) ??
    creditors.find(({ creditor }) => creditor === creditorDefault) ??
    creditors[0];
  if (found === undefined) throw new Error('a configuration has at least one creditor');
  return found;
}

interface PreviewSetting {
  readonly bundle: ConfigBundle;
  readonly packs: CompiledPacks;
  readonly creditor: Creditor;
  readonly at: Instant;
}

function previewOf(template: Template, setting: PreviewSetting): TextPreview {
  const { name, locale, context, elements } = template;
  const { creditor, bundle } = setting;
  const facts = sampleFacts(context, { locale, creditor, debtor: samplePeople(locale).long });
  const message = factsRenderer(template, context)(facts);
  const billed = billedOf(message);
  return {
    name,
    locale,
    context,
    creditor: creditor.creditor,
    lockScreen: lockScreenOf(message, creditor),
    message,
    variants: variantsOf(template, creditor, mainPart(message)),
    billed,
    ...(bundle.prices !== undefined && {
      cost: {
        micros: costMicros(billed, [creditor.country], bundle.prices),
        currency: bundle.prices.currency,
      },
    }),
    elements,
    rules: rulesFor(template, setting),
  };
}

function billedOf(message: Rendered): BilledMessage {
  if (message.channel === 'call') return { channel: 'call', seconds: callSeconds(message) };
  return message.channel === 'sms' ? { channel: 'sms', segments: message.segments } : { channel: 'email' };
}

/** The part that carries the message, as plain text. */
export function mainPart(message: Rendered): string {
  if (message.channel === 'sms') return message.body;
  return message.channel === 'email' ? message.text : message.message;
}

function lockScreenOf(message: Rendered, { emailFrom }: Creditor): readonly string[] {
  if (message.channel === 'sms') return [lockScreenText(message.body)];
  if (message.channel === 'call') return [];
  return [emailFrom, message.subject, lockScreenText(visibleText(message.html))];
}

/** One choice at a time, so that each is seen for itself. The due date's own day is no case of an overdue text. */
function variantsOf(template: Template, creditor: Creditor, usual: string): readonly TextVariant[] {
  const { context, locale } = template;
  const render = factsRenderer(template, context);
  const facts = sampleFacts(context, { locale, creditor, debtor: samplePeople(locale).long });
  const { comparisons } = parseLiquid(mainSource(template), context);
  const variants = [...new Set(comparisons.map(({ variable }) => variable))].flatMap((variable) => {
    const own = comparisons.filter((one) => one.variable === variable);
    return (variationsOf(facts, own) ?? [])
      .filter(({ when }) => when !== 'daysPastDue is 0')
      .map((variation) => ({ when: variation.when, text: mainPart(render(variation.facts)) }));
  });
  const texts = new Map(variants.map((variant) => [variant.text, variant]));
  return [...texts.values()].filter(({ text }) => text !== usual);
}

function mainSource(template: Template): string {
  if (template.channel === 'sms') return template.body;
  return template.channel === 'email' ? template.text : template.message;
}

/** A call's text is judged as what a person hears and as what a machine records. */
const contactChannels: Readonly<Record<Channel, readonly ContactChannel[]>> = {
  sms: ['sms'],
  email: ['email'],
  call: ['call', 'voicemail'],
};

/** How the content rules of all packs judge a text, whomever they bind; of several verdicts of a rule the worst. */
function rulesFor(template: Template, { packs, creditor, at }: PreviewSetting): readonly ContentVerdict[] {
  if (isNeverJudged(template)) return [];
  const by = { packs: [...packs.byId.keys()] };
  const { elements } = template;
  const verdicts = contactChannels[template.channel].flatMap((channel) =>
    (['reminder', 'collection'] as const).flatMap((purpose) =>
      contentVerdicts({ elements, channel, purpose, party: creditor.party, at, by }, packs),
    ),
  );
  const worstLast = [...verdicts].sort((a, b) => severity[a.verdict] - severity[b.verdict]);
  const found = new Map(worstLast.map((verdict) => [verdict.rule, verdict]));
  return [...found.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** The confirmation of an opt-out is exempt, and what whoever is not known gets is no contact. */
function isNeverJudged({ name, context }: Template): boolean {
  return context === 'stranger' || name === optOutConfirmation;
}

const severity: Readonly<Record<ContentVerdict['verdict'], number>> = { met: 0, relaxed: 1, failed: 2 };
