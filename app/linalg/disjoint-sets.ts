/** Which of some places hang together, told pair by pair (Galler & Fischer 1964), by halving the ways to the roots. */
export class DisjointSets {
  readonly #root: Int32Array;

  constructor(places: number) {
    this.#root = new Int32Array(places);
    for (let place = 0; place < places; place++) this.#root[place] = place;
  }

  /** A place that stands for all that this one hangs together with. */
  rootOf(place: number): number {
    const root = this.#root;
    let at = place;
    while (root[at] !== at) {
      root[at] = root[root[at] as number] as number;
      at = root[at] as number;
    }
    return at;
  }

  /** The first place's root stands for both from now on. */
  join(a: number, b: number): void {
    this.#root[this.rootOf(b)] = this.rootOf(a);
  }
}
