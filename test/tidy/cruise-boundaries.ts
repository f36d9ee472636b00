import { cruise, type IViolation } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import path from 'node:path';
import { boundaryRules } from './boundary-rules.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['shared', 'functions', 'infra', 'cli', 'test'];

export interface BoundaryReport {
  readonly modules: number;
  readonly violations: readonly IViolation[];
}

/** Follows every import below a folder that is laid out as the project is, and reports those that no rule permits. */
export async function cruiseBoundaries(baseDir: string = root): Promise<BoundaryReport> {
  const tsConfig = path.join(root, 'tsconfig.json');
  const { output } = await cruise(
    folders,
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: [...boundaryRules] },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^test/tidy/planted/' },
      // Types too: a type that comes from the wrong room is a dependency on that room.
      tsPreCompilationDeps: true,
      tsConfig: { fileName: tsConfig },
    },
    {
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    { tsConfig: extractTsConfig(tsConfig) },
  );
  if (typeof output === 'string')
    throw new Error(`dependency-cruiser gave text instead of a result: ${output}`);
  return { modules: output.summary.totalCruised, violations: output.summary.violations };
}
