import { readReply } from '#shared/core/replies/read-reply.ts';
import { shippedReplyRules } from '#test/builders/replies.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';
import { readSamples } from './replies/samples.ts';

const rounds = 5;
const repliesPerRound = 20_000;
const goal = 5_000;

/** Replies of all languages of our own set, read in process. */
export async function run(): Promise<BenchResult> {
  const rules = await shippedReplyRules();
  const requests = readSamples('tuning').map(({ request }) => request);
  const rates = Array.from({ length: rounds + 1 }, () => {
    const before = process.cpuUsage();
    for (let nth = 0; nth < repliesPerRound; nth += 1) readReply(requests[nth % requests.length]!, rules);
    const { user, system } = process.cpuUsage(before);
    return repliesPerRound / ((user + system) / 1e6);
  });
  const own = median(rates.slice(1));
  return {
    name: 'read-reply',
    unit: '/s per core',
    own,
    goal: `≥ ${String(goal)}/s`,
    met: own >= goal,
    machine: thisMachine(),
  };
}
