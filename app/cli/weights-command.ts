import { type Command, InvalidArgumentError } from "commander";
import { refuseFolder, writeResults } from "#app/results/results-folder.ts";
import type { FeedingVoxels } from "#app/run/feeding-voxels.ts";
import { type KeptTransform, ofKeptTransform } from "./kept-transform.ts";
import type { WithEngine } from "./with-engine.ts";

interface Options extends KeptTransform {
  readonly column: number | readonly [number, number, number];
  readonly out: string;
}

/** So many of the strongest voxels are said on the terminal. */
const STRONGEST = 5;

/** The command that says which of a subject's voxels feed a column of a common space. */
export function addWeightsCommand(program: Command, withEngine: WithEngine): void {
  ofKeptTransform(
    program
      .command("weights")
      .description("say how much each of a subject's voxels feeds a column of the common space of a run"),
  )
    .requiredOption(
      "--column <number>",
      "the column, from 0: a component or a common voxel; or x,y,z in mm of the common voxel nearest to it",
      readColumn,
    )
    .requiredOption("--out <folder>", "a new or empty folder for weights.tsv")
    .action(async (results: string, { subject, column, fold = undefined, out }: Options) => {
      await refuseFolder(out);
      await withEngine(1, async (engine) => {
        const found = await engine.columnWeights({ folder: results, subject, fold: fold ?? null, column });
        await writeResults(out, { "weights.tsv": weightTable(found) });
        console.log(words(subject, found));
      });
    });
}

/** A line a voxel: its linear index on the grid, its place in mm (n/a where it has none), and its weight. */
export function weightTable({ voxels, places, weights }: FeedingVoxels): string {
  const lines = [...voxels].map((voxel, at) => {
    const place = [0, 1, 2].map((axis) => places?.[3 * at + axis] ?? "n/a");
    return [voxel, ...place, weights[at]].join("\t");
  });
  return `${["voxel\tx\ty\tz\tweight", ...lines].join("\n")}\n`;
}

function words(
  subject: string,
  { fold, column, columnVoxel, voxels, places, weights }: FeedingVoxels,
): string {
  const order = [...weights.keys()].sort(
    (a, b) => Math.abs(weights[b] as number) - Math.abs(weights[a] as number),
  );
  const strongest = order.slice(0, STRONGEST).map((at) => {
    const place = places === null ? "" : ` at ${[...places.subarray(3 * at, 3 * at + 3)].join(", ")} mm`;
    return `  voxel ${voxels[at]}${place}: ${(weights[at] as number).toPrecision(3)}`;
  });
  const what =
    columnVoxel === null ? `component ${column}` : `common voxel ${columnVoxel} (column ${column})`;
  return [
    `${voxels.length} voxels of ${subject} feed ${what}, fold ${fold}; the strongest:`,
    ...strongest,
  ].join("\n");
}

function readColumn(text: string): number | readonly [number, number, number] {
  const numbers = text.split(",").map(Number);
  if (numbers.some(Number.isNaN) || ![1, 3].includes(numbers.length))
    throw new InvalidArgumentError("It is a number from 0, or x,y,z in mm.");
  return numbers.length === 1 ? (numbers[0] as number) : (numbers as [number, number, number]);
}
