import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { readBundle } from '#shared/core/bundle/read-bundle.ts';
import * as z from 'zod';

/** What AppConfig asks a validator (User Guide, "Understanding validators"): the content as base64, and where it came from. */
const ValidationEventSchema = z.object({ content: z.base64(), configurationVersion: z.string().optional() });

/** Problems that one refusal lists; the first ones name the cause. */
const problemsMax = 20;

/** A configuration that must not be put in force. The text reaches whoever published it, field by field. */
class ConfigRefusedError extends Error {
  override readonly name = 'ConfigRefusedError';
}

/**
 * Judges a configuration before it can be rolled out: to throw is to refuse. Whatever passes here is applied by every
 * function as it is, so everything is checked that they rely on.
 */
export function createHandler({ telemetry }: { readonly telemetry: Telemetry }) {
  return (event: unknown): Promise<void> => {
    const { content, configurationVersion = '' } = ValidationEventSchema.parse(event);
    const reading = readBundle(Buffer.from(content, 'base64').toString('utf8'));
    telemetry.count(reading.kind === 'right' ? 'config_right' : 'config_wrong');
    if (reading.kind === 'right') return Promise.resolve();
    const told = reading.problems.slice(0, problemsMax);
    for (const { field, problem, fix } of told)
      telemetry.info('config_wrong', { configurationVersion, field, problem, fix });
    const more = reading.problems.length - told.length;
    const sentences = told.map(({ field, problem, fix }) => `${field}: ${problem}; ${fix}`);
    const ending = more > 0 ? `\nand ${String(more)} more` : '';
    return Promise.reject(new ConfigRefusedError(`${sentences.join('\n')}${ending}`));
  };
}
