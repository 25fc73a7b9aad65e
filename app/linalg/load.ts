import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Linalg } from "./linalg.ts";
import { loadNative } from "./native.ts";
import { portable } from "./portable.ts";

/** The addon's place: among the resources of a packaged app, else below the project's folder. */
export function nativeFile(root: string): string {
  const resources: unknown = Reflect.get(process, "resourcesPath");
  if (typeof resources === "string") {
    const packaged = join(resources, "native", "concord.node");
    if (existsSync(packaged)) return packaged;
  }
  return join(root, "app", "native", "dist", `${process.platform}-${process.arch}`, "concord.node");
}

/**
 * The native kernels where the addon is there and loads, the portable ones otherwise: for an addon that is there
 * and does not load, with a warning that says why. `CONCORD_KERNELS=portable` in the environment forces the
 * portable ones.
 */
export function loadLinalg(root: string): Linalg {
  if (process.env.CONCORD_KERNELS === "portable") return portable;
  const file = nativeFile(root);
  if (!existsSync(file)) return portable;
  try {
    return loadNative(file);
  } catch (error) {
    process.emitWarning(
      `The native kernels do not load; the portable ones serve, slower. ${error instanceof Error ? error.message : String(error)}`,
    );
    return portable;
  }
}
