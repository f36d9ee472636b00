import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { SmsTemplate } from '#shared/contracts/template.ts';
import { parseLiquid } from '#shared/core/render/parse-liquid.ts';
import type { ConfigError } from './config-error.ts';
import type { ReadTemplate } from './read-templates.ts';
import { factsRenderer } from './render-facts.ts';
import { sampleFacts, samplePeople } from './sample-facts.ts';
import { variationsOf } from './sample-variations.ts';

/**
 * Text messages that would come out longer than the limit for some creditor: with a rather long name and amount, and with
 * a name whose letters are outside the GSM alphabet, for which the sender would refuse the message.
 */
export function lengthErrors(
  templates: readonly ReadTemplate[],
  creditors: readonly Creditor[],
  { smsSegmentsMax }: Limits,
): ConfigError[] {
  return templates.flatMap(({ file, template, parts }) => {
    if (template.channel !== 'sms') return [];
    const { long, rare } = segmentsOf(template, creditors);
    const segments = long > smsSegmentsMax ? long : rare;
    if (segments <= smsSegmentsMax) return [];
    const forWhom = long > smsSegmentsMax ? '' : ' for a name with letters outside the GSM alphabet';
    const problem = `comes out in ${segments} segments${forWhom}; limits.yaml allows ${smsSegmentsMax}`;
    return [{ file, line: parts[0]?.firstLine ?? 1, field: 'body', problem, fix: 'shorten the text' }];
  });
}

/** Most parts in which a text message comes out, for each kind of name. */
function segmentsOf(
  template: SmsTemplate,
  creditors: readonly Creditor[],
): { readonly long: number; readonly rare: number } {
  const { context, locale, body } = template;
  const render = factsRenderer(template, context);
  const { comparisons } = parseLiquid(body, context);
  const { long, rare } = samplePeople(locale);
  const longest = (debtor: typeof long): number =>
    creditors
      .flatMap(
        (creditor) => variationsOf(sampleFacts(context, { locale, creditor, debtor }), comparisons) ?? [],
      )
      .map(({ facts }) => render(facts))
      .reduce((most, one) => Math.max(most, one.channel === 'sms' ? one.segments : 0), 0);
  return { long: longest(long), rare: longest(rare) };
}
