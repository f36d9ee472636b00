import { sep } from 'node:path';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Template } from '#shared/contracts/template.ts';

const suffixes = {
  sms: '.sms.liquid',
  email: '.email.liquid',
  call: '.voice.yaml',
} as const satisfies Record<Channel, string>;

/** Where the file of a text would stand in the configuration's folder: of an e-mail in its plainest form. */
export function textPathOf({ name, channel, locale }: Pick<Template, 'name' | 'channel' | 'locale'>): string {
  return `templates/${locale}/${name}${suffixes[channel]}`;
}

/** Where the file of a text that was read stands in the configuration's folder. */
export function fileNameOf({ file }: { readonly file: string }): string {
  return file.split(sep).slice(-3).join('/');
}
