import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const builtins = new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`);

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of by `import`. An import makes the module's whole
 * namespace, and that of `node:http` loads a browser-style HTTP client behind one of its getters: 35 ms of each cold start,
 * more than Node itself takes to start (`npm run bench -- cold-start`).
 */
export const quickBuiltins: Plugin = {
  name: 'quick-builtins',
  setup(build) {
    build.onResolve({ filter: builtins }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'builtin',
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
