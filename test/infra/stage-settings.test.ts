import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStageSettings } from '#infra/stage-settings.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: { stages: { dev: object; prod: object } };
};

describe('readStageSettings', () => {
  it.each(['dev', 'prod'])('reads stage %s of cdk.json', (stage) => {
    expect(readStageSettings(stage, context.stages).stage).toBe(stage);
  });

  it('keeps the state of prod and lets that of dev go', () => {
    expect(readStageSettings('prod', context.stages).settings.keepsState).toBe(true);
    expect(readStageSettings('dev', context.stages).settings.keepsState).toBe(false);
  });

  it('names an unknown stage and how to pass another', () => {
    expect(() => readStageSettings('staging', context.stages)).toThrow(
      'Stage "staging" is not one of dev, prod',
    );
  });

  it('names the setting that is wrong', () => {
    const wrong = { ...context.stages, dev: { ...context.stages.dev, twilioAccountSid: 'AC123' } };
    expect(() => readStageSettings('dev', wrong)).toThrow(
      /cdk\.json, context\.stages: dev\.twilioAccountSid: write the account's SID/,
    );
  });

  it.each(['http://hooks.example.com', 'https://hooks.example.com/', 'https://hooks.example.com/dunwell'])(
    'refuses %s as the public URL, which signatures cover to the letter',
    (publicUrl) => {
      const wrong = { ...context.stages, dev: { ...context.stages.dev, publicUrl } };
      expect(() => readStageSettings('dev', wrong)).toThrow('dev.publicUrl');
    },
  );

  it('refuses a setting that it does not know', () => {
    const wrong = { ...context.stages, dev: { ...context.stages.dev, dueShard: 4 } };
    expect(() => readStageSettings('dev', wrong)).toThrow('dueShard');
  });
});
