import type { RunState } from '#infra/local/run-state.ts';

/** A hosted configuration version. */
export interface HostedVersion {
  readonly number: number;
  readonly content: string;
  readonly contentType: string;
  readonly description: string;
  readonly label: string;
}

const countMark = 'appconfig versions';

/** The hosted versions, in the run's own memory: they survive a restart with a data folder. */
export class VersionShelf {
  readonly #state: RunState;
  /** What was read or added before: functions ask for the same version again and again. */
  readonly #known = new Map<number, HostedVersion>();

  constructor(state: RunState) {
    this.#state = state;
  }

  add(version: Omit<HostedVersion, 'number'>): HostedVersion {
    const number = this.#count() + 1;
    const added = { ...version, number };
    this.#state.setMark(markOf(number), JSON.stringify(added));
    this.#state.setMark(countMark, String(number));
    return added;
  }

  read(number: number): HostedVersion | undefined {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    const kept = this.#state.mark(markOf(number));
    if (kept === undefined || kept === '') return undefined;
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- `add` alone writes the mark
    const version: HostedVersion = JSON.parse(kept);
    this.#known.set(number, version);
    return version;
  }

  /** The newest first. */
  list(): HostedVersion[] {
    return Array.from({ length: this.#count() }, (_, index) => this.read(this.#count() - index)).filter(
      (version) => version !== undefined,
    );
  }

  remove(number: number): void {
    this.#known.delete(number);
    this.#state.setMark(markOf(number), '');
  }

  #count(): number {
    return Number(this.#state.mark(countMark) ?? 0);
  }
}

function markOf(number: number): string {
  return `appconfig version ${String(number)}`;
}
