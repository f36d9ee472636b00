import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const builtins = new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`);

/**
 * Takes Node's own modules by `process.getBuiltinModule`, and each only when something of it is first used.
 *
 * An import makes the module's whole namespace, and that of `node:http` loads a browser-style HTTP client behind one of its
 * getters: 35 ms of each cold start, more than Node itself takes to start. Others are named by some library and never used.
 */
export const quickBuiltins: Plugin = {
  name: 'quick-builtins',
  setup(build) {
    build.onResolve({ filter: builtins }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'builtin',
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: lazyModule(path) }));
  },
};

function lazyModule(path: string): string {
  const name = JSON.stringify(path);
  const whole = process.getBuiltinModule(path);
  // A module that is itself a function or class cannot be stood in for.
  if (typeof whole !== 'object') return `module.exports = process.getBuiltinModule(${name});`;
  return `for (const key of ${JSON.stringify(Object.keys(whole))}) {
    Object.defineProperty(exports, key, { enumerable: true, get: () => process.getBuiltinModule(${name})[key] });
  }`;
}
