import { describe, expect, it } from 'vitest';
import { minuteMs } from '#shared/kernel/instant.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { at } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { world } from '#test/builders/world.ts';

const afternoon = at('2026-03-02T16:45:00+08:00');
const all = stopOf({ kind: 'all' });

/** Somebody stops everything while a sender is between its decision and the provider. */
async function stoppedMeanwhile(look: (here: Awaited<ReturnType<typeof world>>) => RulesSource['current']) {
  const here = await world({ now: afternoon });
  let looks = 0;
  const meanwhile = look(here);
  const rules: RulesSource = {
    current: () => {
      looks += 1;
      return looks === 1 ? here.parts.rules.current() : meanwhile();
    },
  };
  const outcome = await sendContact(here.wake(), { ...here.sendParts, rules });
  return { here, outcome };
}

describe('a contact that is stopped between its reservation and its sending', () => {
  it('is not sent, says by which stop, and is made once when it is resumed', async () => {
    const { here, outcome } = await stoppedMeanwhile(
      ({ rules }) =>
        () =>
          Promise.resolve({ ...rules, stops: [all] }),
    );
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(here.sms.sent).toEqual([]);
    expect(await here.ledger()).toMatchObject([{ state: 'failed', reason: 'stop/all' }]);
    here.clock.advance(2 * minuteMs);
    expect(await sendContact(here.wake(), here.sendParts)).toMatchObject({ kind: 'accepted' });
    expect(here.sms.sent).toHaveLength(1);
    await sendContact(here.wake(), here.sendParts);
    expect(here.sms.sent).toHaveLength(1);
  });

  it('is not sent when nobody can tell whether it is stopped, and is tried again later', async () => {
    const { here } = await stoppedMeanwhile(
      () => () => Promise.reject(new Error('the table does not answer')),
    );
    expect(here.sms.sent).toEqual([]);
    expect(await here.ledger()).toMatchObject([{ state: 'failed', reason: 'stops_unknown' }]);
    here.clock.advance(2 * minuteMs);
    await sendContact(here.wake(), here.sendParts);
    expect(here.sms.sent).toHaveLength(1);
  });

  it('is sent when the stop is of something else', async () => {
    const { here } = await stoppedMeanwhile(
      ({ rules }) =>
        () =>
          Promise.resolve({ ...rules, stops: [stopOf({ kind: 'channel', channel: 'call' })] }),
    );
    expect(here.sms.sent).toHaveLength(1);
  });

  it('fails before anything is reserved when the stops cannot be read for the decision', async () => {
    const here = await world({ now: afternoon });
    const rules: RulesSource = { current: () => Promise.reject(new Error('the table does not answer')) };
    await expect(sendContact(here.wake(), { ...here.sendParts, rules })).rejects.toThrow('does not answer');
    expect(await here.ledger()).toEqual([]);
    expect(here.sms.sent).toEqual([]);
  });
});
