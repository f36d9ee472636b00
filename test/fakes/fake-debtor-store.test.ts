import { expect, it } from 'vitest';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { account, debtor } from '#test/builders/person.ts';
import { debtorStoreSuite } from '#test/suites/debtor-store.suite.ts';
import { dueKindSuite } from '#test/suites/due-kind.suite.ts';
import { evidenceSuite } from '#test/suites/evidence.suite.ts';
import { linkStoreSuite } from '#test/suites/link-store.suite.ts';
import { personChangeSuite } from '#test/suites/person-change.suite.ts';

const start = () =>
  Promise.resolve({
    createStore: (shards: number) => Promise.resolve(createFakeDebtorStore({ shards })),
    stop: () => Promise.resolve(),
  });

debtorStoreSuite('the fake debtor store', start);
personChangeSuite('the changes of a person of the fake debtor store', start);
linkStoreSuite('the links of the fake debtor store', () =>
  Promise.resolve({
    createStore: () => {
      const store = createFakeDebtorStore({ shards: 1 });
      return Promise.resolve({ people: store, links: store });
    },
    stop: () => Promise.resolve(),
  }),
);
evidenceSuite('the evidence of the fake debtor store', start);
dueKindSuite('the wake-ups of one kind of the fake debtor store', start);

it('does not let a test change what is stored through what it loaded', async () => {
  const store = createFakeDebtorStore({ shards: 1 });
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
  const person = (await store.load('P1'))!;
  expect(() => (person.accounts[0]!.pastDue = 0)).toThrow(TypeError);
  person.accounts.pop();
  expect((await store.load('P1'))!.accounts).toEqual([account()]);
});
