import type { KnipConfig } from 'knip';

/** Where programs begin. What cannot be reached from here is dead, and is reported. */
const config: KnipConfig = {
  entry: [
    'infra/app.ts',
    'infra/build/{build,size}.ts',
    'infra/local/start/main.ts',
    'functions/*/main.ts',
    'cli/{bin,ensure-installed}.mjs',
    'cli/dunwell.ts',
    // Named by path where bundles are made: they take the place of a module inside each asset.
    'infra/build/{asset/index.mjs,stand-ins/*.ts}',
    // Found by name when `npm run bench -- NAME` runs, or started by one as a process of its own.
    'test/bench/**/*.ts',
    // Started as a process of its own, to be killed.
    'test/infra/local/run-until-killed.ts',
    'test/tidy/boundaries.ts',
  ],
  project: ['{shared,functions,infra,cli,test}/**/*.{ts,mjs}', '!test/tidy/planted/**'],
  vitest: { config: ['test/vitest.config.ts'], entry: ['test/**/*.test.ts'] },
  // A schema that only its own type is taken from is still the definition of that type.
  ignoreExportsUsedInFile: true,
  // They take the place of modules under all names that are asked for.
  ignoreIssues: { 'infra/build/stand-ins/*.ts': ['duplicates'] },
  ignoreDependencies: [
    // A binary that is started by its path.
    '@dynoxide/linux-x64',
    // Twilio's OpenAPI documents, read as files.
    '@twilio-alpha/mcp',
    // The project's own Node: npm scripts find it in node_modules/.bin.
    'node',
  ],
};

export default config;
