import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { addDunwell } from '#infra/dunwell-app.ts';
import type { Stage } from '#infra/stage-settings.ts';

interface CdkJson {
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface SynthesisedStage {
  readonly state: Template;
  readonly service: Template;
  /** All resources of both stacks by logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outdir: string;
}

/** Synthesises one stage from the repository's cdk.json, with empty functions instead of built ones. */
export function synthesise(stage: Stage, plant: (app: App) => unknown = () => undefined): SynthesisedStage {
  const dir = mkdtempSync(join(tmpdir(), 'dunwell-synth-'));
  const assets = join(dir, 'functions');
  for (const name of Object.keys(environmentSchemas)) {
    mkdirSync(join(assets, name), { recursive: true });
    writeFileSync(join(assets, name, 'index.mjs'), 'export const handler = async () => undefined;');
  }
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as CdkJson;
  const outdir = join(dir, 'cdk.out');
  const app = new App({ context: { ...context, stage }, outdir });
  const stacks = addDunwell(app, assets);
  plant(app);
  const state = Template.fromStack(stacks.state);
  const service = Template.fromStack(stacks.service);
  const resources = [state, service].flatMap((template) =>
    Object.entries((template.toJSON() as { Resources: Record<string, Resource> }).Resources),
  );
  return { state, service, resources: new Map(resources), outdir };
}

/** All resources of one type. */
export function ofType({ resources }: SynthesisedStage, type: string): [string, Resource][] {
  return [...resources].filter(([, resource]) => resource.Type === type);
}
