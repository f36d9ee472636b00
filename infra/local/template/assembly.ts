import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import type { JsonObject } from '#infra/local/json.ts';

/** One stack of a cloud assembly (`cdk synth`): its template and where its file assets lie. */
export interface StackTemplate {
  readonly stackName: string;
  readonly template: CloudFormationTemplate;
  /** The folder of a zipped asset by the object key under which the template names it. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

const ManifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z
        .looseObject({
          templateFile: z.string().optional(),
          stackName: z.string().optional(),
          file: z.string().optional(),
          directoryName: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

const JsonObjectSchema = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);

const ResourceSchema = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: JsonObjectSchema.optional(),
  Metadata: JsonObjectSchema.optional(),
});

const TemplateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Mappings: JsonObjectSchema.default({}),
  Conditions: JsonObjectSchema.default({}),
  Resources: z.record(z.string(), ResourceSchema),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.custom<JsonObject[string]>(), Export: JsonObjectSchema.optional() }),
    )
    .default({}),
});

type CloudFormationTemplate = z.infer<typeof TemplateSchema>;
export type TemplateResource = z.infer<typeof ResourceSchema>;

const AssetsSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/**
 * Reads the named stacks, in the order given, from a cloud assembly and the assemblies nested in it (stages).
 * A stack is named by its artifact id or its stack name. Fails when one is missing, naming those that exist.
 */
export function readAssembly(assemblyDir: string, stackNames: readonly string[]): StackTemplate[] {
  const found = listStacks(assemblyDir);
  return stackNames.map((name) => {
    const stack = found.find((candidate) => candidate.artifactId === name || candidate.stackName === name);
    if (stack === undefined)
      throw new Error(
        `Stack ${name} is not in ${assemblyDir}. It has: ${found.map((one) => one.stackName).join(', ')}. Run the synth script first, or correct the name.`,
      );
    return readStack(stack);
  });
}

interface StackFile {
  readonly artifactId: string;
  readonly stackName: string;
  readonly dir: string;
  readonly templateFile: string;
  readonly assetFiles: readonly string[];
}

function listStacks(dir: string): StackFile[] {
  const { artifacts } = ManifestSchema.parse(readJson(path.join(dir, 'manifest.json')));
  const assetFiles = Object.values(artifacts)
    .filter((artifact) => artifact.type === 'cdk:asset-manifest')
    .flatMap((artifact) => artifact.properties?.file ?? []);
  return Object.entries(artifacts).flatMap(([artifactId, { type, properties }]) => {
    if (type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined)
      return listStacks(path.join(dir, properties.directoryName));
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const { templateFile, stackName = artifactId } = properties;
    return [{ artifactId, stackName, dir, templateFile, assetFiles }];
  });
}

function readStack({ stackName, dir, templateFile, assetFiles }: StackFile): StackTemplate {
  const assetFolders = new Map<string, string>();
  for (const file of assetFiles) {
    const assets = AssetsSchema.parse(readJson(path.join(dir, file)));
    for (const { source, destinations } of Object.values(assets.files))
      for (const { objectKey } of Object.values(destinations))
        assetFolders.set(objectKey, path.resolve(dir, source.path ?? ''));
  }
  return { stackName, template: TemplateSchema.parse(readJson(path.join(dir, templateFile))), assetFolders };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
