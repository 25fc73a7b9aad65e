import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Linalg } from "#app/linalg/linalg.ts";
import { nativeFile } from "#app/linalg/load.ts";
import { loadNative } from "#app/linalg/native.ts";

const addon = nativeFile(join(dirname(fileURLToPath(import.meta.url)), "..", ".."));

/** The native kernels where they are built: in CI they must be, or tests that compare them would be skipped. */
export const native: Linalg | null = existsSync(addon) ? loadNative(addon) : null;
