import type { Command } from "commander";
import { Option } from "commander";
import { niftiImage } from "#app/results/nifti-image.ts";
import { npzBytes } from "#app/results/npz.ts";
import { refuseFolder, writeResults } from "#app/results/results-folder.ts";
import type { AskedSamples, BackProjection } from "#app/run/back-projection.ts";
import { type KeptTransform, ofKeptTransform } from "./kept-transform.ts";
import type { WithEngine } from "./with-engine.ts";

interface Options extends KeptTransform {
  readonly samples?: string;
  readonly condition?: string;
  readonly out: string;
}

/** The command that brings samples of a common space into a subject's own voxels. */
export function addBackProjectCommand(program: Command, withEngine: WithEngine): void {
  ofKeptTransform(
    program
      .command("back-project")
      .description("bring samples of the common space of a run into a subject's own voxels"),
  )
    .option(
      "--samples <file>",
      "rows × columns of the common space as .npy, .npz or .mat; the common space itself without it",
    )
    .addOption(
      new Option(
        "--condition <name>",
        "the mean of the other subjects' samples of a condition, of the runs tested",
      ).conflicts("samples"),
    )
    .requiredOption(
      "--out <folder>",
      "a new or empty folder for samples.npz and, of a volume, samples.nii.gz",
    )
    .action(async (folder: string, { fold, samples, condition, out, ...asked }: Options) => {
      await refuseFolder(out);
      await withEngine(1, async (engine) => {
        const given = { folder, fold: fold ?? null, samples: askedSamples(samples, condition), ...asked };
        const found = await engine.backProject(given);
        const { way, voxels } = found;
        const { rows, data } = found.samples;
        const told = { subject: asked.subject, fold: found.fold, way };
        await writeResults(out, {
          "samples.npz": npzBytes({
            samples: { shape: [rows, voxels.length], values: data },
            voxels: { shape: [voxels.length], values: voxels },
          }),
          ...(found.grid.kind === "volume" && { "samples.nii.gz": await image(found) }),
          "back-projection.json": `${JSON.stringify(told, null, 2)}\n`,
        });
        console.log(words(asked.subject, found));
      });
    });
}

function askedSamples(path: string | undefined, condition: string | undefined): AskedSamples {
  if (path !== undefined) return { of: "file", path };
  return condition === undefined ? { of: "space" } : { of: "condition", name: condition };
}

function words(subject: string, { fold, way, samples, voxels }: BackProjection): string {
  const how =
    way === "orthogonal"
      ? "by the transpose of the map, which undoes it exactly"
      : "by ridge regression of their samples on the common space, since the map is not orthogonal: an approximation";
  return `${samples.rows} rows in ${voxels.length} voxels of ${subject}, fold ${fold}, ${how}.`;
}

/** All rows on the grid, zeros elsewhere. Rows need not be moments: no time is said to lie between them. */
function image({ grid, voxels, samples }: BackProjection): Promise<Buffer> {
  const volume = new Float32Array(grid.dimensions[0] * grid.dimensions[1] * grid.dimensions[2]);
  const shape = { grid, volumes: samples.rows, type: "float32", repetitionTimeSeconds: null } as const;
  return niftiImage(shape, (row) => {
    voxels.forEach((voxel, at) => {
      volume[voxel] = samples.data[row * samples.columns + at] as number;
    });
    return volume;
  });
}
