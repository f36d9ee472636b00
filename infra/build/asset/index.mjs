// What Lambda loads: runs bundle.cjs from what V8 compiled of it when it was built, and from its text alone when the
// runtime is of another version. Without builtins by `import`: their namespaces cost more than all of this.
const { readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');
const { Script } = process.getBuiltinModule('node:vm');

const filename = `${import.meta.dirname}/bundle.cjs`;

function compiledBefore() {
  try {
    return readFileSync(`${import.meta.dirname}/bundle.cache`);
  } catch {
    return undefined;
  }
}

// esbuild writes plain ASCII, which V8 takes fastest as Latin-1.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: compiledBefore() });
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(import.meta.url), module, import.meta.url);

if (script.cachedDataRejected) console.log('{"level":"INFO","event":"compiled_bundle_rejected"}');

export const { handler } = module.exports;
/** For the build: what V8 has compiled by now, to be kept as bundle.cache. */
export const compiledNow = () => script.createCachedData();
