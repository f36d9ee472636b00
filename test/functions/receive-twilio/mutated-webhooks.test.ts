import { expect, it } from 'vitest';
import { seededRandom } from '#cli/portfolio/seeded-random.ts';
import { twilioSmsDoor } from '#test/bench/doors/twilio-sms.ts';
import { received, receiving, replyingRules, sharedPhone } from '#test/builders/receiving.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

it('refuses a thousand text messages that were changed on their way, and changes nothing', async () => {
  const rules = await replyingRules();
  const { store, parts, stored } = await receiving(rules, { P1: { phone: sharedPhone } });
  const door = await twilioSmsDoor({ ...parts, store, clock: createFakeClock(received), config: rules });
  const random = seededRandom('mutated texts');
  const before = await stored();
  let knocked = 0;
  for (let number = 0; knocked < 1_000; number += 1) {
    for (const { how, request } of await door.mutants(await door.valid(number), random)) {
      knocked += 1;
      expect(door.isRefused(await door.handle(request)), how).toBe(true);
    }
  }
  expect(await stored()).toBe(before);
  expect(door.isRefused(await door.handle(await door.valid(1)))).toBe(false);
  expect(await stored()).not.toBe(before);
});
