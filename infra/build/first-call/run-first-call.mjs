// One cold start: loads the function named by the first argument, calls it once with the event of the second, and ends.
// With a third argument it writes there what V8 has compiled by then.
const [, , bundle, event, keepCompiledAs] = process.argv;
const loaded = await import(bundle);
await loaded.handler(JSON.parse(event), { awsRequestId: 'first-call' });
if (keepCompiledAs !== undefined)
  process.getBuiltinModule('node:fs').writeFileSync(keepCompiledAs, loaded.compiledNow());
process.exit(0);
