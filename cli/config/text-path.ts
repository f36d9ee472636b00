import type { Channel } from '#shared/contracts/primitives.ts';
import type { Template } from '#shared/contracts/template.ts';

const suffixes = { sms: '.sms.liquid', email: '.email.mjml', call: '.voice.yaml' } as const satisfies Record<
  Channel,
  string
>;

/** Where the file of a text stands in the configuration's folder. */
export function textPathOf({ name, channel, locale }: Pick<Template, 'name' | 'channel' | 'locale'>): string {
  return `templates/${locale}/${name}${suffixes[channel]}`;
}
