import type { Template, TemplateContext } from '#shared/contracts/template.ts';
import { compileTemplates, findText } from '#shared/core/render/compile-templates.ts';
import type { MessageFacts } from '#shared/core/render/message-facts.ts';
import {
  renderEmail,
  renderSms,
  renderVoice,
  type RenderedEmail,
  type RenderedSms,
  type RenderedVoice,
} from '#shared/core/render/render.ts';
import { templateValues } from '#shared/core/render/template-values.ts';

/** A message as its channel sends it. */
export type Rendered =
  | ({ readonly channel: 'sms' } & RenderedSms)
  | ({ readonly channel: 'email' } & RenderedEmail)
  | ({ readonly channel: 'call' } & RenderedVoice);

/** Renders one template for facts of its own context as the functions do. */
export type RenderFacts<X extends TemplateContext> = (facts: MessageFacts<X>) => Rendered;

/** Makes a template ready to be rendered for facts of its context; throws on a template with problems. */
export function factsRenderer<X extends TemplateContext>(template: Template, context: X): RenderFacts<X> {
  const compiled = compileTemplates([template]);
  const wanted = { context, name: template.name, locale: template.locale };
  const of = <T>(text: T | undefined): T => {
    if (text === undefined) throw new Error(`${template.name} is no text about ${context}`);
    return text;
  };
  switch (template.channel) {
    case 'sms': {
      const text = of(findText(compiled, { ...wanted, channel: 'sms' }));
      return (facts) => ({ channel: 'sms', ...renderSms(text, templateValues(facts)) });
    }
    case 'email': {
      const text = of(findText(compiled, { ...wanted, channel: 'email' }));
      return (facts) => ({ channel: 'email', ...renderEmail(text, templateValues(facts)) });
    }
    case 'call': {
      const text = of(findText(compiled, { ...wanted, channel: 'call' }));
      return (facts) => ({ channel: 'call', ...renderVoice(text, templateValues(facts)) });
    }
  }
}
