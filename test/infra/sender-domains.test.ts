import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import { configDir } from '#infra/build/build-paths.ts';
import { readStageSettings, stages } from '#infra/stage-settings.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: { stages: unknown };
};

it.each(stages)('lets every configured creditor send e-mail in stage %s', async (stage) => {
  const { senderDomains } = readStageSettings(stage, context.stages).settings;
  const config = await readConfig(configDir);
  if (!config.ok) throw new Error('config/ has errors: run `npx dunwell config validate`');
  expect(config.bundle.creditors.length).toBeGreaterThan(0);
  for (const { creditor, emailFrom } of config.bundle.creditors) {
    const isPermitted = senderDomains.some(
      (domain) => emailFrom.endsWith(`@${domain}`) || emailFrom.endsWith(`.${domain}`),
    );
    expect(isPermitted, `${creditor}: ${emailFrom}`).toBe(true);
  }
});
