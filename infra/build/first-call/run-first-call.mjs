// One cold start: loads the function named by the first argument, calls it once with the event of the second (`-`: of standard
// input), and ends.
// With a third argument it writes there what V8 has compiled by then.
const [, , bundle, argument, keepCompiledAs] = process.argv;
const { readFileSync, writeFileSync } = process.getBuiltinModule('node:fs');
const event = argument === '-' ? readFileSync(0, 'utf8') : argument;
const loaded = await import(bundle);
await loaded.handler(JSON.parse(event), { awsRequestId: 'first-call' });
if (keepCompiledAs !== undefined) writeFileSync(keepCompiledAs, loaded.compiledNow());
process.exit(0);
