import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "shared");

/** The folder of reference data beside the project, or null: then the tests that need it are skipped. */
export const sharedFolder: string | null = existsSync(beside) ? beside : null;

if (sharedFolder === null && process.env.CI)
  throw new Error("the reference data (../shared) are absent in CI");
