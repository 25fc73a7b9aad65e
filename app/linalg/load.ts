import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Linalg } from "./linalg.ts";
import { loadNative } from "./native.ts";
import { portable } from "./portable.ts";

/** The addon's place below the project's folder, or below the packaged app's resources. */
export function nativeFile(root: string): string {
  return join(root, "app", "native", "dist", `${process.platform}-${process.arch}`, "concord.node");
}

/** The native kernels where the addon lies in `root`, the portable ones otherwise. */
export function loadLinalg(root: string): Linalg {
  const file = nativeFile(root);
  return existsSync(file) ? loadNative(file) : portable;
}
