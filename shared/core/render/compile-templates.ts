import type { Channel } from '#shared/contracts/primitives.ts';
import type { EmailTemplate, SmsTemplate, Template, VoiceTemplate } from '#shared/contracts/template.ts';
import { textRenderer, type RenderText } from './text-renderer.ts';
import { localeChain } from './locale-chain.ts';

interface Compiled<T extends Template, Part extends string> {
  readonly name: string;
  readonly locale: string;
  readonly elements: T['elements'];
  readonly parts: Readonly<Record<Part, RenderText>>;
}
export type CompiledSms = Compiled<SmsTemplate, 'body'>;
export type CompiledEmail = Compiled<EmailTemplate, 'subject' | 'text' | 'html'>;
export type CompiledVoice = Compiled<VoiceTemplate, 'greeting' | 'message' | 'goodbye' | 'machine'>;

interface CompiledByChannel {
  readonly sms: CompiledSms;
  readonly email: CompiledEmail;
  readonly call: CompiledVoice;
}

/** All templates of a configuration by channel, ready to be rendered; made once and kept. */
export type CompiledTemplates = { readonly [C in Channel]: ReadonlyMap<string, CompiledByChannel[C]> };

/** Prepares a configuration's templates. Parts are parsed when they are first rendered and stay parsed. */
export function compileTemplates(templates: readonly Template[]): CompiledTemplates {
  const sms = new Map<string, CompiledSms>();
  const email = new Map<string, CompiledEmail>();
  const call = new Map<string, CompiledVoice>();
  for (const template of templates) {
    const key = keyOf(template.name, template.locale);
    if (template.channel === 'sms') sms.set(key, compileSms(template));
    else if (template.channel === 'email') email.set(key, compileEmail(template));
    else call.set(key, compileVoice(template));
  }
  return { sms, email, call };
}

/** The template in the person's language, or the nearest that exists; undefined when not even the fallback has it. */
export function findTemplate<C extends Channel>(
  templates: CompiledTemplates,
  name: string,
  channel: C,
  locale: string,
): CompiledByChannel[C] | undefined {
  const ofChannel: ReadonlyMap<string, CompiledByChannel[C]> = templates[channel];
  for (const candidate of localeChain(locale)) {
    const found = ofChannel.get(keyOf(name, candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyOf(name: string, locale: string): string {
  return `${locale}/${name}`;
}

function headOf({
  name,
  locale,
  elements,
}: Template): Pick<Compiled<Template, never>, 'name' | 'locale' | 'elements'> {
  return { name, locale, elements };
}

function compileSms(template: SmsTemplate): CompiledSms {
  return { ...headOf(template), parts: { body: textRenderer(template.body, 'none') } };
}

function compileEmail(template: EmailTemplate): CompiledEmail {
  const parts = {
    subject: textRenderer(template.subject, 'none'),
    text: textRenderer(template.text, 'none'),
    html: textRenderer(template.html, 'html'),
  };
  return { ...headOf(template), parts };
}

function compileVoice(template: VoiceTemplate): CompiledVoice {
  const parts = {
    greeting: textRenderer(template.greeting, 'none'),
    message: textRenderer(template.message, 'none'),
    goodbye: textRenderer(template.goodbye, 'none'),
    machine: textRenderer(template.machine, 'none'),
  };
  return { ...headOf(template), parts };
}
