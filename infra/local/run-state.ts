import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An asynchronous invocation that Lambda has accepted and not finished. */
export interface AcceptedEvent {
  readonly id: number;
  readonly functionName: string;
  readonly event: string;
  readonly attempts: number;
  readonly acceptedAtMs: number;
  readonly dueAtMs: number;
}

/**
 * What the engine itself must remember over a restart: where each stream reader stands, which asynchronous events are
 * accepted and not finished, the clock and the ports. In memory unless a file is given.
 */
export class RunState {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  readonly #accept: StatementSync;
  readonly #retry: StatementSync;
  readonly #finish: StatementSync;

  constructor(file: string | undefined) {
    this.#database = new DatabaseSync(file ?? ':memory:');
    // A killed process loses nothing that was written; only a machine that loses power could.
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
    this.#database.exec(`
      CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS accepted_events (
        id INTEGER PRIMARY KEY AUTOINCREMENT, function_name TEXT NOT NULL, event TEXT NOT NULL,
        attempts INTEGER NOT NULL, accepted_at_ms INTEGER NOT NULL, due_at_ms INTEGER NOT NULL);
    `);
    this.#put = this.#database.prepare('INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)');
    this.#get = this.#database.prepare('SELECT value FROM marks WHERE name = ?');
    this.#accept = this.#database.prepare(
      'INSERT INTO accepted_events (function_name, event, attempts, accepted_at_ms, due_at_ms) VALUES (?, ?, 0, ?, ?)',
    );
    this.#retry = this.#database.prepare(
      'UPDATE accepted_events SET attempts = ?, due_at_ms = ? WHERE id = ?',
    );
    this.#finish = this.#database.prepare('DELETE FROM accepted_events WHERE id = ?');
  }

  mark(name: string): string | undefined {
    const value = this.#get.get(name)?.['value'];
    return value === undefined || value === null ? undefined : String(value);
  }

  setMark(name: string, value: string): void {
    this.#put.run(name, value);
  }

  acceptEvent(functionName: string, event: string, nowMs: number): AcceptedEvent {
    const { lastInsertRowid } = this.#accept.run(functionName, event, nowMs, nowMs);
    return {
      id: Number(lastInsertRowid),
      functionName,
      event,
      attempts: 0,
      acceptedAtMs: nowMs,
      dueAtMs: nowMs,
    };
  }

  retryEvent(id: number, attempts: number, dueAtMs: number): void {
    this.#retry.run(attempts, dueAtMs, id);
  }

  finishEvent(id: number): void {
    this.#finish.run(id);
  }

  unfinishedEvents(): AcceptedEvent[] {
    return this.#database
      .prepare('SELECT * FROM accepted_events ORDER BY id')
      .all()
      .map((row) => ({
        id: Number(row['id']),
        functionName: String(row['function_name']),
        event: String(row['event']),
        attempts: Number(row['attempts']),
        acceptedAtMs: Number(row['accepted_at_ms']),
        dueAtMs: Number(row['due_at_ms']),
      }));
  }

  close(): void {
    this.#database.close();
  }
}
