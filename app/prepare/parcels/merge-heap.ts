/** Possible merges of two clusters, the cheapest first; of equal ones that of the clusters with the lower numbers. */
export class MergeHeap {
  readonly #cost: number[] = [];
  readonly #first: number[] = [];
  readonly #second: number[] = [];

  get size(): number {
    return this.#cost.length;
  }

  push(cost: number, first: number, second: number): void {
    let at = this.#cost.length;
    this.#set(at, cost, first, second);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The two clusters of the cheapest merge, taken out; null where there is none. */
  pop(): readonly [first: number, second: number] | null {
    const last = this.#cost.length - 1;
    if (last < 0) return null;
    this.#swap(0, last);
    this.#cost.pop();
    const found = [this.#first.pop() as number, this.#second.pop() as number] as const;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < last && this.#before(child, least)) least = child;
      }
      if (least === at) return found;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const cost = (this.#cost[a] as number) - (this.#cost[b] as number);
    if (cost !== 0) return cost < 0;
    const first = (this.#first[a] as number) - (this.#first[b] as number);
    return first !== 0 ? first < 0 : (this.#second[a] as number) < (this.#second[b] as number);
  }

  #set(at: number, cost: number, first: number, second: number): void {
    this.#cost[at] = cost;
    this.#first[at] = first;
    this.#second[at] = second;
  }

  #swap(a: number, b: number): void {
    const [cost, first, second] = [this.#cost[a], this.#first[a], this.#second[a]] as [
      number,
      number,
      number,
    ];
    this.#set(a, this.#cost[b] as number, this.#first[b] as number, this.#second[b] as number);
    this.#set(b, cost, first, second);
  }
}
