import { parseArgs } from 'node:util';
import { configDirDefault } from '#cli/commands/read-reply.ts';
import { readReplyParts, replyRulesOf } from '#cli/config/read-replies.ts';
import { compileReplies } from '#shared/core/replies/compile-replies.ts';
import { safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { readReply } from '#shared/core/replies/read-reply.ts';
import { faultsOf, readSamples, type Half, type SampleSet } from './samples.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'held-out' },
    set: { type: 'string', default: 'second' },
    verbose: { type: 'boolean' },
  },
});
const parts = await readReplyParts(configDirDefault);
for (const error of [...parts.replySettings.errors, ...parts.replyTables.errors])
  console.error(JSON.stringify(error));
const rules = replyRulesOf(parts);
if (rules === undefined) throw new Error('the configuration reads no replies');
const compiled = compileReplies(rules);

const tally = new Map<string, { all: number; right: number }>();
let [all, right, primaryRight, missed, wrongOptOuts] = [0, 0, 0, 0, 0];
for (const sample of readSamples(values.half as Half, values.set as SampleSet)) {
  const reading = readReply(sample.request, compiled);
  const faults = faultsOf(sample, reading);
  const primary = reading.intents[0]?.kind ?? 'unknown';
  const [wanted = ''] = sample.kinds;
  const isPrimaryRight = sample.kinds.includes(primary);
  const isMissed =
    (safetyKinds.includes(wanted as never) &&
      !reading.intents.some(({ kind }) => sample.kinds.includes(kind))) ||
    faults.some((fault) => safetyKinds.some((kind) => fault === `no ${kind}`));
  const isWrongOptOut =
    (['opt_out', 'cease'].includes(primary) &&
      !sample.kinds.some((kind) => ['opt_out', 'cease'].includes(kind))) ||
    faults.some((fault) => ['also opt_out', 'also cease'].includes(fault));
  const count = tally.get(wanted) ?? { all: 0, right: 0 };
  tally.set(wanted, { all: count.all + 1, right: count.right + (isPrimaryRight ? 1 : 0) });
  all += 1;
  primaryRight += isPrimaryRight ? 1 : 0;
  right += faults.length === 0 ? 1 : 0;
  missed += isMissed ? 1 : 0;
  wrongOptOuts += isWrongOptOut ? 1 : 0;
  if (values.verbose === true && faults.length > 0)
    console.log(
      `${sample.id}\t${sample.kinds.join('|')}\t${faults.join(', ')}\t${sample.request.text}\t${JSON.stringify(reading.intents)}`,
    );
}
console.log(`${values.half}: ${String(all)} replies`);
console.log(
  `primary kind right ${String(primaryRight)} (${percent(primaryRight, all)}); all that was expected right ${String(right)} (${percent(right, all)})`,
);
console.log(
  `safety kinds missed ${String(missed)}; opt-outs and ceases that were none ${String(wrongOptOuts)}`,
);
for (const [kind, count] of [...tally].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`  ${kind.padEnd(13)} ${String(count.right)} of ${String(count.all)}`);

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
