import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { dialog } from "electron";
import type { Dataset, Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { planPath } from "#main/dataset-calls.ts";
import type { EngineHost } from "#main/engine-host.ts";
import type { Grants } from "#main/grants.ts";
import { serve } from "#main/ipc-serve.ts";
import { saveWhole } from "#main/save-whole.ts";

const NAME = "desc-drawn_mask.nii.gz";

/** Answers what the window asks of masks that are drawn by hand. */
export function serveMasks({
  engine,
  grants,
}: {
  readonly engine: EngineHost;
  readonly grants: Grants<Dataset>;
}): void {
  serve("region.voxels", async ({ grant, image, path }) => {
    const dataset = grants.get(grant);
    const wanted = { grid: gridOf(dataset, image), path: resolve(dataset.folder, path) };
    return engine.call("maskVoxels", [wanted]);
  });
  serve("region.save", async ({ grant, image, voxels }) => {
    const dataset = grants.get(grant);
    const grid = gridOf(dataset, image);
    const path = await chosenPath(await firstFolder(dataset.folder));
    if (path === null) return null;
    await saveWhole(path, await engine.call("maskFile", [{ grid, voxels }]));
    return { path: planPath(dataset.folder, path) };
  });
}

/** The window names an image that it was told of, not a grid. */
function gridOf({ files }: Dataset, image: string): Grid {
  const file = files.find(({ path }) => path === image);
  if (file === undefined) throw new Fault("call/refused");
  return file.grid;
}

/** The dataset's masks/, or else itself; null where neither can be written to: then the system says where. */
async function firstFolder(folder: string): Promise<string | null> {
  for (const one of [join(folder, "masks"), folder]) {
    const writable = await access(one, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (writable) return one;
  }
  return null;
}

/** Where to save. A name without .nii.gz gets it, and is asked for again where that is another file. */
async function chosenPath(folder: string | null): Promise<string | null> {
  let first = folder === null ? NAME : join(folder, NAME);
  for (;;) {
    const { filePath } = await dialog.showSaveDialog({
      title: "Save the drawn region",
      defaultPath: first,
      filters: [{ name: "NIfTI images", extensions: ["nii.gz"] }],
    });
    if (!filePath) return null;
    if (/\.nii\.gz$/i.test(filePath)) return filePath;
    first = `${filePath.replace(/\.(nii|gz)$/i, "")}.nii.gz`;
    if (!existsSync(first)) return first;
  }
}
