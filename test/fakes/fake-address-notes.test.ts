import { createFakeAddressNotes } from '#test/fakes/fake-address-notes.ts';
import { addressNotesSuite } from '#test/suites/address-notes.suite.ts';

addressNotesSuite('the fake address notes', () =>
  Promise.resolve({
    createStore: () => Promise.resolve(createFakeAddressNotes()),
    stop: () => Promise.resolve(),
  }),
);
