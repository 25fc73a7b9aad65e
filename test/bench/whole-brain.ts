import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HyperalignmentParameters } from "#app/align/hyperalignment-parameters.ts";
import { streamedHyperalignment } from "#app/align/streamed/streamed-hyperalignment.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { single } from "#app/linalg/matrix.ts";
import type { Pool } from "#app/run/pool.ts";
import {
  columnsOfPanel,
  createPanels,
  type PanelFile,
  panelsOf,
  writePanel,
} from "#app/scratch/panel-file.ts";
import { noise } from "#test/linalg/noise.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import type { Case } from "./cases.ts";

const RANK = 20;
const WIDTH = 512;

/** Hyperalignment of subjects whose samples lie in files, which are written beforehand. */
export function wholeBrainWork(
  root: string,
  { subjects, rows, voxels }: Case,
  pool: Pool,
): () => Promise<void> {
  const folder = temporaryFolder("whole-brain");
  const files = Array.from({ length: subjects as number }, (_, subject) =>
    written(root, join(folder, `samples-${subject}`), [rows as number, voxels as number], subject),
  );
  const parameters = HyperalignmentParameters.parse({});
  return async () => {
    const scratch = join(folder, "scratch");
    mkdirSync(scratch);
    await pool.drive(streamedHyperalignment(files, parameters, (name) => join(scratch, name)));
    rmSync(scratch, { recursive: true });
  };
}

/** A shared signal of rank 20, in directions of the subject's own, and uniform noise of variance 1; z-scored. */
function written(root: string, path: string, [rows, voxels]: [number, number], subject: number): PanelFile {
  const linalg = loadLinalg(root);
  const file = { path, rows, columns: voxels, width: WIDTH };
  createPanels(file);
  const shared = noise(rows, RANK, 1);
  let state = subject + 1;
  for (let panel = 0; panel < panelsOf(file); panel++) {
    const { count } = columnsOfPanel(file, panel);
    const own = linalg.multiply(shared, noise(RANK, count, 1000 * subject + panel + 2));
    for (let at = 0; at < own.data.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      own.data[at] = 0.5 * (own.data[at] as number) + (state / 2 ** 32 - 0.5) * Math.sqrt(12);
    }
    linalg.zscore(own);
    writePanel(file, panel, single(own));
  }
  return file;
}
