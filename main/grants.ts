import { randomBytes } from "node:crypto";
import { Fault } from "#app/contract/fault.ts";

/** What the window may fetch under a grant: file name → path on disk. */
export interface Granted<Kind> {
  readonly kind: Kind;
  readonly files: ReadonlyMap<string, string>;
}

/** Random names for what the user opened or a run made; the window knows no paths to read from. */
export class Grants<Kind> {
  readonly #granted = new Map<string, Granted<Kind>>();

  grant(kind: Kind, files: ReadonlyMap<string, string>): string {
    const name = randomBytes(16).toString("hex");
    this.#granted.set(name, { kind, files });
    return name;
  }

  /** @throws Fault call/refused for a grant that was not made */
  get(grant: string): Kind {
    const found = this.#granted.get(grant);
    if (found === undefined) throw new Fault("call/refused");
    return found.kind;
  }

  fileOf(grant: string, name: string): string | null {
    return this.#granted.get(grant)?.files.get(name) ?? null;
  }
}
