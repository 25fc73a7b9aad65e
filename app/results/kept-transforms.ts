import { z } from "zod";
import { Fault } from "#app/contract/fault.ts";
import { GridShape } from "#app/contract/maps.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { type NpzArray, readNpz } from "./npz.ts";
import { readResults } from "./results-folder.ts";
import type { KeptTransform } from "./transform-files.ts";

const Version = z.object({ version: z.literal(2) });

/** What `transforms.json` says (docs/transform-files.md). */
const Told = z.object({
  grid: GridShape,
  folds: z.array(
    z.object({
      fold: z.string(),
      commonSpace: z.string(),
      columns: z.enum(["voxels", "components"]),
      width: z.int(),
      conditions: z.array(z.string()),
      subjects: z.array(
        z.object({
          subject: z.string(),
          file: z.string(),
          back: z.enum(["transpose", "columns", "samples"]),
        }),
      ),
    }),
  ),
});

type ToldFold = z.output<typeof Told>["folds"][number];

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
  /** The conditions tested, and of each the mean of the other subjects' rows in the common space: conditions × width. */
  readonly conditions: readonly string[];
  readonly others: Matrix;
}

/** The transforms of a subject that are wanted: of a fold by its name, of the first, or of all. */
export interface WantedTransforms {
  readonly subject: string;
  readonly fold: { readonly named: string } | "first" | "all";
}

/** At least one. @throws Fault results/incomplete, transforms/none, transforms/unknown */
export async function readTransforms(
  folder: string,
  { subject, fold }: WantedTransforms,
): Promise<readonly ReadTransform[]> {
  const files = await readResults(folder, (name) => name.startsWith("transforms/"));
  const told = files.get("transforms/transforms.json");
  if (told === undefined) throw new Fault("transforms/none");
  const parsed: unknown = JSON.parse(told.toString("utf8"));
  if (!Version.safeParse(parsed).success) throw new Fault("transforms/earlier");
  const { grid, folds } = Told.parse(parsed);
  const chosen = folds.filter((one, at) =>
    fold === "first" ? at === 0 : fold === "all" || one.fold === fold.named,
  );
  if (typeof fold === "object" && chosen.length === 0) {
    throw new Fault("transforms/unknown", {
      name: fold.named,
      known: folds.map((one) => one.fold).join(", "),
    });
  }
  return chosen.map((one) => readFold(files, one, subject, grid));
}

function readFold(
  files: ReadonlyMap<string, Buffer>,
  chosen: ToldFold,
  subject: string,
  grid: z.infer<typeof GridShape>,
): ReadTransform {
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
    transform: transformOf(own, readNpz(files.get(own.file) as Buffer)),
    conditions: chosen.conditions,
    others: meanOfOthers(space.patterns, chosen.subjects.indexOf(own), chosen.width),
  };
}

/** Of subjects × conditions × width the mean of all but one. */
function meanOfOthers(patterns: NpzArray | undefined, left: number, width: number): Matrix {
  const [subjects = 0, conditions = 0] = patterns?.shape ?? [];
  const out = zeros(conditions, width);
  const values = patterns?.values as Float64Array;
  for (let subject = 0; subject < subjects; subject++) {
    if (subject === left) continue;
    for (let at = 0; at < out.data.length; at++) {
      const value = values[subject * out.data.length + at] as number;
      out.data[at] = (out.data[at] as number) + value / (subjects - 1);
    }
  }
  return out;
}

function tableOf(array: NpzArray | undefined): Matrix {
  const [rows = 0, columns = 0] = array?.shape ?? [];
  return { rows, columns, data: array?.values as Float64Array };
}

function transformOf(
  { subject, back: kind }: ToldFold["subjects"][number],
  arrays: Readonly<Record<string, NpzArray>>,
): KeptTransform {
  const numbers = (name: string) => arrays[name]?.values as Float64Array;
  const integers = (name: string) => arrays[name]?.values as Int32Array;
  const table = (name: string) => tableOf(arrays[name]);
  const common = {
    subject,
    voxels: integers("voxels"),
    offsetIn: numbers("offset_in"),
    offsetOut: numbers("offset_out"),
    scale: numbers("scale")[0] as number,
    back: kind === "transpose" ? null : { kind, matrix: table("back"), offset: numbers("back_offset") },
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
