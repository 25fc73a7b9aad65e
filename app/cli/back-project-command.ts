import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { niftiImage } from "#app/results/nifti-image.ts";
import { npzBytes } from "#app/results/npz.ts";
import { refuseFolder, writeResults } from "#app/results/results-folder.ts";
import type { BackProjection } from "#app/run/back-projection.ts";
import { type KeptTransform, ofKeptTransform } from "./kept-transform.ts";
import type { WithEngine } from "./with-engine.ts";

interface Options extends KeptTransform {
  readonly samples?: string;
  readonly ridge: number;
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
    .option(
      "--ridge <number>",
      "of a map that is not orthogonal, in units of its largest squared singular value",
      readRidge,
      0.001,
    )
    .requiredOption(
      "--out <folder>",
      "a new or empty folder for samples.npz and, of a volume, samples.nii.gz",
    )
    .action(async (folder: string, { fold = undefined, samples = undefined, out, ...asked }: Options) => {
      await refuseFolder(out);
      await withEngine(1, async (engine) => {
        const given = { folder, fold: fold ?? null, samples: samples ?? null, ...asked };
        const found = await engine.backProject(given);
        const { way, voxels } = found;
        const { rows, data } = found.samples;
        const told = {
          subject: asked.subject,
          fold: found.fold,
          way,
          ridge: way === "ridge" ? asked.ridge : null,
        };
        await writeResults(out, {
          "samples.npz": npzBytes({
            samples: { shape: [rows, voxels.length], values: data },
            voxels: { shape: [voxels.length], values: voxels },
          }),
          ...(found.grid.kind === "volume" && { "samples.nii.gz": await image(found) }),
          "back-projection.json": `${JSON.stringify(told, null, 2)}\n`,
        });
        console.log(words(asked.subject, found, asked.ridge));
      });
    });
}

function words(subject: string, { fold, way, samples, voxels }: BackProjection, ridge: number): string {
  const how =
    way === "orthogonal"
      ? "by the transpose of the map, which undoes it exactly"
      : `by ridge regression (${ridge}), since the map is not orthogonal: an approximation`;
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

function readRidge(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It is a number above 0.");
  return value;
}
