import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { stopStoreSuite } from '#test/suites/stop-store.suite.ts';

stopStoreSuite('the fake store of stops', () =>
  Promise.resolve({
    createStore: () => Promise.resolve(createFakeStopStore()),
    stop: () => Promise.resolve(),
  }),
);
