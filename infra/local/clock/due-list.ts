/** Work that waits for an instant, earliest first, in the order it was put in where instants are equal (a binary heap). */
interface DueEntry {
  readonly atMs: number;
  readonly order: number;
  readonly work: () => void | Promise<void>;
  cancelled: boolean;
}

export class DueList {
  readonly #heap: DueEntry[] = [];
  #orderNext = 0;

  add(atMs: number, work: () => void | Promise<void>): DueEntry {
    const entry: DueEntry = { atMs, order: this.#orderNext++, work, cancelled: false };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    return entry;
  }

  /** The earliest entry that was not cancelled; cancelled ones are dropped on the way. */
  peek(): DueEntry | undefined {
    while (this.#heap[0]?.cancelled === true) this.#removeFirst();
    return this.#heap[0];
  }

  takeDue(nowMs: number): DueEntry | undefined {
    const first = this.peek();
    if (first === undefined || first.atMs > nowMs) return undefined;
    this.#removeFirst();
    return first;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #siftDown(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(child, index)) return;
      this.#swap(index, child);
      index = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return first !== undefined;
    return first.atMs < second.atMs || (first.atMs === second.atMs && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
