import { Fault } from "#app/contract/fault.ts";

/** An image that can't be read, and why: "it is empty". */
export function unreadable(path: string, detail: string): Fault {
  return new Fault("image/unreadable", { path, detail });
}
