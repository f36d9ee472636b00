import { createReadStream } from 'node:fs';
import { toInstant } from '#shared/kernel/instant.ts';
import { ingestRows } from '#shared/usecases/ingest-rows.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';

/** Imports a file into nothing and prints the rows read and the peak of resident memory in MB. */
const [file = '', today = ''] = process.argv.slice(2);
const opened = await openPortfolio(createReadStream(file), { today });
if (opened.kind === 'refused') throw new Error(opened.errors[0]?.message);
const store = { loadFeeds: () => Promise.resolve(new Map()), saveFeeds: () => Promise.resolve() };
const { read } = await ingestRows(opened.lines, {
  store,
  clock: { now: () => toInstant(Date.parse(today)) },
});
console.log(JSON.stringify({ rows: read, peakMb: process.resourceUsage().maxRSS / 1_024 }));
