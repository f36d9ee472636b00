// One cold start: load the bundle named by the first argument, call its handler once, end.
const { handler } = await import(process.argv[2]);
await handler(JSON.parse(process.argv[3]), { awsRequestId: 'bench' });
process.exit(0);
