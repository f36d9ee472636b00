/** Takes the place of zod's JSON Schema writer, which only the command line uses (`dunwell config schema`). */
export function toJSONSchema(): never {
  throw new Error('the JSON Schema writer is left out of the bundles: see infra/build/stand-ins.ts');
}

export const createToJSONSchemaMethod = (): (() => never) => toJSONSchema;
export const createStandardJSONSchemaMethod = createToJSONSchemaMethod;
