import { join } from "node:path";
import { type UtilityProcess, utilityProcess } from "electron";
import type { Reply } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import type { FromEngine } from "#main/engine-messages.ts";

type Answer = (reply: Reply<Dataset>) => void;
const RESTART_MS = 500;

/** Keeps one engine alive. A crash ends only what was pending; a new engine is up within a second. */
export class EngineHost {
  #child: UtilityProcess | null = null;
  #last = 0;
  #ended = false;
  readonly #pending = new Map<number, Answer>();

  start(): void {
    if (this.#ended || this.#child) return;
    const child = utilityProcess.fork(join(__dirname, "engine.cjs"), [], { serviceName: "Concord engine" });
    this.#child = child;
    child.on("message", ({ id, reply }: FromEngine) => {
      this.#pending.get(id)?.(reply);
      this.#pending.delete(id);
    });
    child.on("exit", () => this.#lost());
  }

  open(path: string): Promise<Reply<Dataset>> {
    this.start();
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#child?.postMessage({ id, path });
    });
  }

  end(): void {
    this.#ended = true;
    this.#child?.kill();
  }

  #lost(): void {
    this.#child = null;
    const text = "The calculation engine stopped. It is starting again; open the folder once more.";
    for (const answer of this.#pending.values())
      answer({ ok: false, fault: { code: "internal", values: {}, text } });
    this.#pending.clear();
    setTimeout(() => this.start(), RESTART_MS);
  }
}
