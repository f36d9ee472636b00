import { DatabaseSync } from 'node:sqlite';

/** What the emulator (fauxqs 2.4.1) writes to its database, and what it shall write instead. */
const replacements: readonly { readonly from: string; readonly to: string }[] = [
  {
    // Making a message visible at once writes no receive count, which the emulator's own table refuses: the message
    // would be lost until a restart. Keep the counts that are there.
    from: 'approximate_receive_count = ?, approximate_first_receive_timestamp = ?',
    to: 'approximate_receive_count = COALESCE(?, approximate_receive_count), approximate_first_receive_timestamp = COALESCE(?, approximate_first_receive_timestamp)',
  },
  {
    // A flush to the disk for each message costs 5 ms. Without it a killed process still loses nothing; a power cut could.
    from: 'PRAGMA journal_mode = WAL',
    to: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL',
  },
];

/** Corrects the statements of databases that are opened in this thread from here on. */
export function correctEmulatorStorage(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- they are applied to the database on which they are called
  const { prepare, exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (sql) {
    return prepare.call(this, corrected(sql));
  };
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, corrected(sql));
  };
}

function corrected(sql: string): string {
  return replacements.reduce((text, { from, to }) => text.replace(from, to), sql);
}
