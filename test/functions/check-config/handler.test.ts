import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/check-config/handler.ts';
import { contentHash } from '#shared/core/identity/content-hash.ts';
import { bundle } from '#test/builders/rules.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';

/** As AppConfig asks a validator: AppConfig User Guide, "Understanding validators". */
function validationOf(text: string): object {
  return {
    applicationId: 'abc1234',
    configurationProfileId: 'def5678',
    configurationVersion: '3',
    content: Buffer.from(text).toString('base64'),
    uri: 'hosted',
  };
}

function judge(text: string) {
  const telemetry = createFakeTelemetry();
  return { telemetry, verdict: createHandler({ telemetry })(validationOf(text)) };
}

describe('the validator of configurations', () => {
  it('lets a right one pass', async () => {
    const { version: _, ...content } = bundle();
    const { verdict, telemetry } = judge(JSON.stringify({ version: contentHash(content), ...content }));
    await expect(verdict).resolves.toBeUndefined();
    expect(telemetry.counts).toEqual({ config_right: 1 });
  });

  it('refuses a wrong one by throwing a sentence for each field', async () => {
    const { verdict, telemetry } = judge(JSON.stringify({ ...bundle(), limits: {}, holidays: 3 }));
    await expect(verdict).rejects.toThrow(/^limits\.\S+: .+; make it with `dunwell config publish`/);
    await expect(verdict).rejects.toThrow(/\nholidays: /);
    expect(telemetry.counts).toEqual({ config_wrong: 1 });
  });

  it('refuses what is no JSON at all', async () => {
    await expect(judge('strategies: []').verdict).rejects.toThrow('bundle: ');
  });
});
