import { describe, expect, it } from 'vitest';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { createHandler as createGuard } from '#functions/guard-experiments/handler.ts';
import { createHandler as createPlanner } from '#functions/plan/handler.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { armFor } from '#shared/core/experiments/assign-arm.ts';
import { compileExperiments } from '#shared/core/experiments/compile-experiments.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import type { MessageSender, Sms } from '#shared/ports/message-sender.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { counts as countsOf, experiment } from '#test/builders/experiment.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeExperimentCounts } from '#test/fakes/fake-experiment-counts.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { streamEvent } from '../../functions/events.ts';

const people = Array.from({ length: 280 }, (_, index) => `D${String(index)}`);
const dueDate = '2026-03-10';

const text = { channel: 'sms', template: 'notice', purpose: 'reminder' } as const;
const texting = (name: string, days: readonly number[], changes: Partial<Strategy> = {}): Strategy => ({
  ...cardStrategy,
  strategy: name,
  stages: [
    {
      id: 'early',
      from: 1,
      to: 30,
      steps: days.map((daysPastDue) => ({ ...text, id: `text-${String(daysPastDue)}`, daysPastDue })),
    },
  ],
  ...changes,
});
/** The champion writes on the first and the fifth day past due, the challenger every day. */
const strategies = [texting('card', [1, 5]), texting('eager', [1, 2, 3, 4, 5], { challenger: true })];
const running = experiment({
  from: '2026-03-10',
  arms: [
    { arm: 'as-ever', share: 40, strategy: 'card' },
    { arm: 'daily', share: 40, strategy: 'eager' },
  ],
  holdOut: { share: 20 },
  guardRails: { optOutRateMax: 0.05, complaintRateMax: 0.01, minimumPeople: 50 },
});
const arms = ['as-ever', 'daily', 'hold-out'];

const [compiled] = compileExperiments([running], strategies);
const armOf = (debtorId: string): string =>
  armFor(account({ debtorId, dueDate }), compiled!, '2026-03-11')!.arm;
const peopleOf = (arm: string): string[] => people.filter((debtorId) => armOf(debtorId) === arm);

/** The main job on the fakes, with every record of the stream and every message coming twice. */
async function begin() {
  const store = createFakeDebtorStore({ shards: 2 });
  const stops = createFakeStopStore();
  const counts = createFakeExperimentCounts();
  const clock = createFakeClock(at('2026-03-11T00:00:00Z'));
  const telemetry = createFakeTelemetry();
  const config = { current: () => Promise.resolve(rules({ strategies, experiments: [running] })) };
  const source = rulesInForce({ config, stops, clock });
  const plan = createPlanner({ store, counts, clock, rules: source, telemetry });
  const guard = createGuard({ counts, stops, clock, rules: source, telemetry });
  const sent: string[] = [];
  const sender: MessageSender<Sms> = {
    channel: 'sms',
    send: ({ contact }) =>
      Promise.resolve({ kind: 'accepted', providerId: String(sent.push(contact.debtorId)) }),
    findSent: () => Promise.resolve({ kind: 'unsupported' }),
  };
  const parts = { store, clock, rules: source, channel: smsChannel(sender, testLinks) };

  const changed = async (debtorId: string, sortKey: string): Promise<void> => {
    const event = streamEvent(`${debtorId}/${sortKey}`, `${debtorId}/${sortKey}`);
    expect(await plan(event)).toEqual({ batchItemFailures: [] });
  };
  const contactWhoIsDue = async (debtorId: string): Promise<void> => {
    const wakeUp = (await store.load(debtorId))?.wakeUp;
    if (wakeUp === undefined || wakeUp.at > clock.now()) return;
    const message = { version: 1, debtorId, wakeAt: wakeUp.at, wakeFor: 'sms' } as const;
    await sendContact(message, parts);
    await sendContact(message, parts);
    await changed(debtorId, 'attempt#');
  };
  for (const debtorId of people) {
    const accounts = [account({ debtorId, dueDate })];
    await store.saveFeeds([{ debtorId, debtor: debtor({ debtorId }), accounts, stops: false }]);
    await changed(debtorId, 'account#A1');
  }
  return {
    ...{ stops, counts, telemetry, sent, guard },
    /** Contacts everybody whose time comes on an afternoon where they live; returns to whom something went. */
    afternoon: async (date: string): Promise<string[]> => {
      const before = sent.length;
      clock.set(at(`${date}T07:00:00Z`));
      for (let quarter = 0; quarter <= 12; quarter += 1) {
        for (const debtorId of people) await contactWhoIsDue(debtorId);
        clock.advance(15 * minuteMs);
      }
      return sent.slice(before).sort();
    },
    optOut: async (debtorId: string): Promise<void> => {
      await store.recordConsent(debtorId, { channel: 'sms', level: 'optout', at: clock.now() });
      await changed(debtorId, 'consent#sms#*');
    },
  };
}

/** One in eight of those who were contacted by an arm. */
const someOf = (arm: string): string[] => peopleOf(arm).filter((_, index) => index % 8 === 0);

describe('an experiment whose challenger drives people away', () => {
  it("counts everybody once, is stopped by the guard, and its people are the champion's again", async () => {
    const here = await begin();
    const reached = [...peopleOf('as-ever'), ...peopleOf('daily')].sort();
    expect(await here.afternoon('2026-03-11')).toEqual(reached);
    const leaving = someOf('daily');
    for (const debtorId of leaving) await here.optOut(debtorId);

    const sizes = arms.map((arm) => peopleOf(arm).length);
    expect(await here.counts.count('patience', arms)).toEqual([
      countsOf({ assigned: sizes[0]!, overdue: sizes[0]!, contacted: sizes[0]! }),
      countsOf({ assigned: sizes[1]!, overdue: sizes[1]!, contacted: sizes[1]!, optedOut: leaving.length }),
      countsOf({ assigned: sizes[2]!, overdue: sizes[2]! }),
    ]);

    await here.guard();
    expect(await here.stops.inForce()).toMatchObject([{ stopId: 'experiment:patience', by: 'guard' }]);
    expect(here.telemetry.counts).toMatchObject({ experiment_stopped: 1 });

    // The challenger would have written on each of these days; the champion writes on the fifth, to the held out as well.
    for (const day of ['12', '13', '14']) expect(await here.afternoon(`2026-03-${day}`)).toEqual([]);
    const staying = people.filter((debtorId) => !leaving.includes(debtorId)).sort();
    expect(await here.afternoon('2026-03-15')).toEqual(staying);
  });

  it('goes on while as few opt out as it allows', async () => {
    const here = await begin();
    await here.afternoon('2026-03-11');
    for (const debtorId of someOf('daily').slice(0, 2)) await here.optOut(debtorId);
    await here.guard();
    expect(await here.stops.inForce()).toEqual([]);
    const left = someOf('daily').slice(0, 2);
    const daily = peopleOf('daily')
      .filter((debtorId) => !left.includes(debtorId))
      .sort();
    expect(await here.afternoon('2026-03-12')).toEqual(daily);
  });
});
