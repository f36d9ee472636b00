import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AddressNote } from '#shared/contracts/address-note.ts';
import type { AddressNotes } from '#shared/ports/address-notes.ts';
import { noon } from '#test/builders/stored.ts';

export interface AddressNotesUnderTest {
  createStore(): Promise<AddressNotes>;
  stop(): Promise<void>;
}

const phone = '+12025550101';
const note: AddressNote = {
  kept: [{ inboundId: 'sms:1', text: 'I pay on Friday', at: noon }],
  handled: [{ inboundId: 'sms:1', outcome: 'asked_which_person' }],
  day: '2026-03-10',
  answers: 1,
  wrongTries: 0,
};

/** The cases that every keeper of notes has to pass, the real one and the fake alike. */
export function addressNotesSuite(name: string, start: () => Promise<AddressNotesUnderTest>): void {
  describe(name, () => {
    let parts: AddressNotesUnderTest;
    let notes: AddressNotes;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      notes = await parts.createStore();
    });

    it('remembers nothing of an address that nobody wrote from', async () => {
      expect(await notes.read(phone)).toEqual({ version: 0, note: null });
    });

    it('gives a note back as it was written, to however the address is written', async () => {
      expect(await notes.write('Mei@example.com', 0, note, noon)).toBe('done');
      expect(await notes.read('mei@EXAMPLE.com')).toEqual({ version: 1, note });
      expect(await notes.read(phone)).toEqual({ version: 0, note: null });
    });

    it('puts a newer note in the place of the one that was read', async () => {
      await notes.write(phone, 0, note, noon);
      expect(await notes.write(phone, 1, { ...note, kept: [] }, noon)).toBe('done');
      expect(await notes.read(phone)).toEqual({ version: 2, note: { ...note, kept: [] } });
    });

    it.each([0, 2])('writes nothing over a note that is not of version %i', async (version) => {
      await notes.write(phone, 0, note, noon);
      expect(await notes.write(phone, version, { ...note, answers: 2 }, noon)).toBe('conflict');
      expect(await notes.read(phone)).toEqual({ version: 1, note });
    });

    it('lets one of several through that were read at the same moment', async () => {
      const written = await Promise.all(
        Array.from({ length: 5 }, (_, answers) => notes.write(phone, 0, { ...note, answers }, noon)),
      );
      expect(written.filter((one) => one === 'done')).toHaveLength(1);
    });
  });
}
