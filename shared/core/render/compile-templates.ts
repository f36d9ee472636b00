import type { Channel } from '#shared/contracts/primitives.ts';
import type {
  EmailTemplate,
  SmsTemplate,
  Template,
  TemplateContext,
  VoiceTemplate,
} from '#shared/contracts/template.ts';
import { localeChain } from './locale-chain.ts';
import type { TemplateValues } from './template-values.ts';
import { textRenderer } from './text-renderer.ts';

/** A text of one context: its parts take the values of that context and no others. */
interface Compiled<X extends TemplateContext, Part extends string> {
  readonly context: X;
  readonly name: string;
  readonly locale: string;
  readonly elements: Template['elements'];
  /** Whether it names an address that a personal link can stand for. */
  readonly namesPages: () => boolean;
  readonly parts: { readonly [P in Part]: (values: TemplateValues<X>) => string };
}
export type CompiledSms<X extends TemplateContext> = Compiled<X, 'body'>;
export type CompiledEmail<X extends TemplateContext> = Compiled<X, 'subject' | 'text' | 'html'>;
export type CompiledVoice<X extends TemplateContext> = Compiled<
  X,
  'greeting' | 'message' | 'goodbye' | 'machine'
>;

export interface CompiledByChannel<X extends TemplateContext> {
  readonly sms: CompiledSms<X>;
  readonly email: CompiledEmail<X>;
  readonly call: CompiledVoice<X>;
}
type TextsOf<X extends TemplateContext> = {
  readonly [C in Channel]: ReadonlyMap<string, CompiledByChannel<X>[C]>;
};

/** All templates of a configuration by context and channel, ready to be rendered; made once and kept. */
export type CompiledTemplates = { readonly [X in TemplateContext]: TextsOf<X> };

/** Prepares a configuration's templates. Parts are parsed when they are first rendered and stay parsed. */
export function compileTemplates(templates: readonly Template[]): CompiledTemplates {
  return {
    overdue: textsOf('overdue', templates),
    promise: textsOf('promise', templates),
    plan: textsOf('plan', templates),
    payment: textsOf('payment', templates),
    survey: textsOf('survey', templates),
    answer: textsOf('answer', templates),
    proposal: textsOf('proposal', templates),
    stranger: textsOf('stranger', templates),
  };
}

function textsOf<X extends TemplateContext>(context: X, templates: readonly Template[]) {
  const sms = new Map<string, ReturnType<typeof compileSms<X>>>();
  const email = new Map<string, ReturnType<typeof compileEmail<X>>>();
  const call = new Map<string, ReturnType<typeof compileVoice<X>>>();
  for (const template of templates) {
    if (template.context !== context) continue;
    const key = keyOf(template.name, template.locale);
    if (template.channel === 'sms') sms.set(key, compileSms(context, template));
    else if (template.channel === 'email') email.set(key, compileEmail(context, template));
    else call.set(key, compileVoice(context, template));
  }
  return { sms, email, call };
}

/** Which text is wanted, and who reads it. */
interface WantedText<X extends TemplateContext, C extends Channel> {
  readonly context: X;
  readonly channel: C;
  readonly name: string;
  readonly locale: string;
}

/**
 * The text in the person's language, or the nearest that exists; undefined when not even the fallback has it. A text of
 * another context is not found: nobody could fill it.
 */
export function findText<X extends TemplateContext, C extends Channel>(
  templates: CompiledTemplates,
  { context, channel, name, locale }: WantedText<X, C>,
): CompiledByChannel<X>[C] | undefined {
  const ofContext: TextsOf<X> = templates[context];
  const texts: ReadonlyMap<string, CompiledByChannel<X>[C]> = ofContext[channel];
  for (const candidate of localeChain(locale)) {
    const found = texts.get(keyOf(name, candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text that a strategy's step says: about what is due or overdue. */
export function findTemplate<C extends Channel>(
  templates: CompiledTemplates,
  name: string,
  channel: C,
  locale: string,
): CompiledByChannel<'overdue'>[C] | undefined {
  return findText(templates, { context: 'overdue', channel, name, locale });
}

function keyOf(name: string, locale: string): string {
  return `${locale}/${name}`;
}

function headOf<X extends TemplateContext>(context: X, template: Template) {
  const { name, locale, elements } = template;
  return { context, name, locale, elements, namesPages: () => sourcesOf(template).some(namesPage) };
}

function sourcesOf(template: Template): readonly string[] {
  switch (template.channel) {
    case 'sms':
      return [template.body];
    case 'email':
      return [template.subject, template.text, template.html];
    case 'call':
      return [template.message];
  }
}

function namesPage(source: string): boolean {
  return /\b(?:payUrl|manageUrl|surveyUrl)\b/u.test(source);
}

function compileSms<X extends TemplateContext>(context: X, template: SmsTemplate) {
  return { ...headOf(context, template), parts: { body: textRenderer(template.body, context, 'none') } };
}

function compileEmail<X extends TemplateContext>(context: X, template: EmailTemplate) {
  const parts = {
    subject: textRenderer(template.subject, context, 'none'),
    text: textRenderer(template.text, context, 'none'),
    html: textRenderer(template.html, context, 'html'),
  };
  return { ...headOf(context, template), parts };
}

function compileVoice<X extends TemplateContext>(context: X, template: VoiceTemplate) {
  const parts = {
    greeting: textRenderer(template.greeting, context, 'none'),
    message: textRenderer(template.message, context, 'none'),
    goodbye: textRenderer(template.goodbye, context, 'none'),
    machine: textRenderer(template.machine, context, 'none'),
  };
  return { ...headOf(context, template), parts };
}
