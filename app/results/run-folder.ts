import { z } from "zod";
import { Fault } from "#app/contract/fault.ts";
import { Maps, mapFiles } from "#app/contract/maps.ts";
import { Plan } from "#app/contract/plan.ts";
import { EvaluationResult, Preparation } from "#app/contract/result.ts";
import { SurfacePaths } from "#app/contract/surface.ts";
import { type ResultFiles, readResults, writeResults } from "./results-folder.ts";

/** Who made a run, with what and when: what may differ between two runs of the same numbers. */
export const Origin = z.strictObject({
  concord: z.string(),
  kernels: z.string(),
  workers: z.int(),
  datasetName: z.string(),
  method: z.string(),
  /** The dataset's background image; null where it has none. */
  backgroundPath: z.string().nullable(),
  /** The shapes of its surfaces, likewise. Runs of earlier versions do not tell. */
  surfaces: SurfacePaths.nullable().default(null),
  space: z.string().nullable(),
  /** ISO 8601, UTC. */
  started: z.string(),
  seconds: z.number(),
});
export type Origin = z.infer<typeof Origin>;

/** A file that a run read. */
export const InputFile = z.strictObject({
  /** Relative to the dataset's folder where it lies in it, with slashes. */
  path: z.string(),
  bytes: z.int(),
  /** SHA-256, hexadecimal. */
  sha256: z.string(),
});
export type InputFile = z.infer<typeof InputFile>;

interface MapArrays {
  readonly patterns: Float32Array;
  readonly isc: Float32Array;
  readonly timeCourses: Float32Array;
}

/** All that a Results folder holds. */
export interface Run {
  readonly plan: Plan;
  readonly result: EvaluationResult;
  readonly preparation: Preparation;
  readonly maps: Maps;
  readonly origin: Origin;
}

interface OptionalArrays {
  readonly before: Float32Array | null;
  readonly after: Float32Array | null;
}

interface RunArrays {
  readonly voxels: Int32Array;
  readonly before: MapArrays;
  readonly after: MapArrays | null;
  /** Of each side; null where they were not asked for, or there is none. */
  readonly iscTest: OptionalArrays;
  readonly searchlight: OptionalArrays;
}

const FILES = {
  plan: "plan.json",
  result: "results.json",
  preparation: "preparation.json",
  maps: "maps.json",
  origin: "origin.json",
} as const;

/** The report of a run, for a browser. */
const REPORT = "report.html";

/** What a run leaves for readers other than Concord. */
export interface RunReport {
  readonly html: string;
  /** Text for a paper, Markdown. */
  readonly methods: string;
  /** The works it cites, BibTeX. */
  readonly bibliography: string;
}

/** Writes a run as a Results folder, whole or not at all. @throws Fault results/… */
export async function writeRun(
  folder: string,
  run: Run & {
    readonly arrays: RunArrays;
    /** Files of kept transforms by path. */
    readonly transforms: ResultFiles;
    readonly report: RunReport;
    readonly inputs: readonly InputFile[];
  },
): Promise<void> {
  const files: Record<string, string | Uint8Array> = {
    [REPORT]: run.report.html,
    "methods.md": run.report.methods,
    "references.bib": run.report.bibliography,
    "inputs.json": json(run.inputs),
    ...run.transforms,
  };
  for (const [part, file] of Object.entries(FILES)) files[file] = json(run[part as keyof Run]);
  const { voxels, before, after } = run.arrays;
  files[mapFiles.voxels] = bytesOf(voxels);
  for (const kind of ["patterns", "isc", "timeCourses"] as const) {
    files[mapFiles[kind].before] = bytesOf(before[kind]);
    if (after !== null) files[mapFiles[kind].after] = bytesOf(after[kind]);
  }
  for (const kind of ["iscTest", "searchlight"] as const) {
    for (const side of ["before", "after"] as const) {
      const values = run.arrays[kind][side];
      if (values !== null) files[mapFiles[kind][side]] = bytesOf(values);
    }
  }
  await writeResults(folder, files satisfies ResultFiles);
}

/** What a Results folder holds, but for the arrays. @throws Fault results/incomplete */
export async function readRun(folder: string): Promise<Run> {
  const parts: readonly string[] = Object.values(FILES);
  const files = await readResults(folder, (name) => parts.includes(name));
  const parse = <Schema extends z.ZodType>(schema: Schema, name: string): z.output<Schema> => {
    try {
      return schema.parse(JSON.parse(files.get(name)?.toString("utf8") ?? ""));
    } catch {
      throw new Fault("results/incomplete", { path: folder });
    }
  };
  return {
    plan: parse(Plan, FILES.plan),
    result: parse(EvaluationResult, FILES.result),
    preparation: parse(Preparation, FILES.preparation),
    maps: parse(Maps, FILES.maps),
    origin: parse(Origin, FILES.origin),
  };
}

/** A run's report as one HTML document. @throws Fault results/incomplete */
export async function readReport(folder: string): Promise<string> {
  const report = (await readResults(folder, (name) => name === REPORT)).get(REPORT);
  if (report === undefined) throw new Fault("results/incomplete", { path: folder });
  return report.toString("utf8");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
