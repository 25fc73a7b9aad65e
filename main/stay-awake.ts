/** What is used of Electron's powerSaveBlocker. */
interface Blocker {
  start(type: "prevent-app-suspension"): number;
  stop(id: number): unknown;
}

/** Keeps the computer from sleeping while a run goes on; the screen may go dark. */
export class StayAwake {
  readonly #blocker: Blocker;
  #id: number | null = null;

  constructor(blocker: Blocker) {
    this.#blocker = blocker;
  }

  set(awake: boolean): void {
    if (awake) this.#id ??= this.#blocker.start("prevent-app-suspension");
    else if (this.#id !== null) {
      this.#blocker.stop(this.#id);
      this.#id = null;
    }
  }
}
