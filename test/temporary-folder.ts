import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

/**
 * A new folder in the system's temporary one, for whatever a test writes. It goes by itself: when the tests of the file
 * have run (`remove-temporary-folders.ts`), and where no vitest runs, as in Playwright's, when the process ends.
 */
export function temporaryFolder(name: string): string {
  if (made.length === 0) process.once("exit", removeTemporaryFolders);
  const folder = mkdtempSync(join(tmpdir(), `concord-${name}-`));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  process.off("exit", removeTemporaryFolders);
}
