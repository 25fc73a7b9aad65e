import { z } from "zod";
import { Fault } from "#app/contract/fault.ts";
import { GridShape } from "#app/contract/maps.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type NpzArray, readNpz } from "./npz.ts";
import { readResults } from "./results-folder.ts";
import type { KeptTransform } from "./transform-files.ts";

/** What `transforms.json` says (docs/transform-files.md). */
const Told = z.object({
  version: z.literal(1),
  grid: GridShape,
  folds: z.array(
    z.object({
      fold: z.string(),
      commonSpace: z.string(),
      columns: z.enum(["voxels", "components"]),
      width: z.int(),
      subjects: z.array(z.object({ subject: z.string(), file: z.string() })),
    }),
  ),
});

/** One subject's transform of a fold, and what its space's columns are. */
export interface ReadTransform {
  readonly fold: string;
  readonly grid: z.infer<typeof GridShape>;
  readonly width: number;
  /** The samples aligned on in the common space, T × width. */
  readonly commonSpace: Matrix;
  /** Grid voxels of the columns; null where they are components. */
  readonly columns: Int32Array | null;
  readonly transform: KeptTransform;
}

/**
 * A subject's transform in a Results folder, of a fold or of the first.
 * @throws Fault results/incomplete, transforms/none, transforms/unknown
 */
export async function readTransform(
  folder: string,
  { subject, fold }: { readonly subject: string; readonly fold: string | null },
): Promise<ReadTransform> {
  const files = await readResults(folder, (name) => name.startsWith("transforms/"));
  const told = files.get("transforms/transforms.json");
  if (told === undefined) throw new Fault("transforms/none");
  const { grid, folds } = Told.parse(JSON.parse(told.toString("utf8")));
  const chosen = fold === null ? folds[0] : folds.find((one) => one.fold === fold);
  if (chosen === undefined) {
    throw new Fault("transforms/unknown", {
      name: fold ?? "",
      known: folds.map((one) => one.fold).join(", "),
    });
  }
  const own = chosen.subjects.find((one) => one.subject === subject);
  if (own === undefined) {
    const known = chosen.subjects.map((one) => one.subject).join(", ");
    throw new Fault("transforms/unknown", { name: subject, known });
  }
  const space = readNpz(files.get(chosen.commonSpace) as Buffer);
  return {
    fold: chosen.fold,
    grid,
    width: chosen.width,
    commonSpace: tableOf(space.samples),
    columns: chosen.columns === "voxels" ? (space.voxels?.values as Int32Array) : null,
    transform: transformOf(subject, readNpz(files.get(own.file) as Buffer)),
  };
}

function tableOf(array: NpzArray | undefined): Matrix {
  const [rows = 0, columns = 0] = array?.shape ?? [];
  return { rows, columns, data: array?.values as Float64Array };
}

function transformOf(subject: string, arrays: Readonly<Record<string, NpzArray>>): KeptTransform {
  const numbers = (name: string) => arrays[name]?.values as Float64Array;
  const integers = (name: string) => arrays[name]?.values as Int32Array;
  const table = (name: string) => tableOf(arrays[name]);
  const common = {
    subject,
    voxels: integers("voxels"),
    offsetIn: numbers("offset_in"),
    offsetOut: numbers("offset_out"),
    scale: numbers("scale")[0] as number,
  };
  if (arrays.matrix !== undefined) return { ...common, map: { kind: "dense", matrix: table("matrix") } };
  if (arrays.indptr !== undefined) {
    const [rows = 0, columns = 0] = integers("shape");
    const [starts, indices, values] = [integers("indptr"), integers("indices"), numbers("data")];
    return { ...common, map: { kind: "sparse", matrix: { rows, columns, starts, indices, values } } };
  }
  return {
    ...common,
    map: {
      kind: "factored",
      left: table("left"),
      core: table("core"),
      right: table("right"),
      sharedSource: integers("shared_source"),
      sharedTarget: integers("shared_target"),
    },
  };
}
