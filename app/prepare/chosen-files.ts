import type { Dataset, Grid, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { RunLength } from "#app/contract/run-part.ts";
import { sameGrid } from "#app/dataset/bids-problems.ts";
import { faultOf } from "#app/dataset/broken-images.ts";

/** What of a dataset a Plan uses: one file for every subject and run, all on one grid. */
export interface ChosenFiles {
  readonly subjects: readonly string[];
  readonly runs: readonly string[];
  /** Subject by subject, each with its runs in order. */
  readonly files: readonly RunFile[];
  readonly grid: Grid;
}

/** Throws dataset/raw, dataset/unknown-name, /one-subject, /empty, /missing-run, /different-grid, /different-tr, and the fault of an image that is broken. */
export function chooseFiles(dataset: Dataset, plan: Plan): ChosenFiles {
  if (dataset.preprocessing === "missing") throw new Fault("dataset/raw", { path: dataset.path });
  const { leaveOut } = plan.dataset;
  const subjects = without(dataset.subjects, leaveOut.subjects);
  const runs = without(dataset.runs, leaveOut.runs);
  if (subjects.length < 2) throw new Fault("dataset/one-subject", { path: dataset.path });
  const files = subjects.flatMap((subject) =>
    runs.map((run) => {
      const file = imageOf(dataset, subject, run);
      if (file === null) throw new Fault("dataset/missing-run", { subject, run });
      return file;
    }),
  );
  const first = files[0];
  if (first === undefined) throw new Fault("dataset/empty", { path: dataset.path });
  const timed = files.find((file) => file.repetitionTimeSeconds !== null) ?? first;
  for (const file of files) {
    const other = otherGrid(first.grid, file.grid);
    if (other !== null) {
      const detail = `${nameOf(first)} and ${nameOf(file)}${other}`;
      throw new Fault("dataset/different-grid", { detail });
    }
    const [known, own] = [timed.repetitionTimeSeconds, file.repetitionTimeSeconds];
    // An unknown time matters to events only, and is refused there.
    if (own !== null && own !== known) {
      const detail = `${known} s in ${nameOf(timed)}, ${own} s in ${nameOf(file)}`;
      throw new Fault("dataset/different-tr", { detail });
    }
  }
  return { subjects, runs, files, grid: first.grid };
}

/** A subject's image of a run; null where there is none. @throws Fault image/absent, and that of an image that is broken */
export function imageOf({ files, broken, absent }: Dataset, subject: string, run: string): RunFile | null {
  const wanted = (one: { readonly subject: string; readonly run: string }) =>
    one.subject === subject && one.run === run;
  const spoiled = broken.find(wanted);
  if (spoiled !== undefined) throw faultOf(spoiled);
  const missing = absent.find(wanted);
  if (missing !== undefined) throw new Fault("image/absent", { path: missing.path });
  return files.find(wanted) ?? null;
}

/** How many volumes the runs have by their headers, in the subject who has the fewest. */
export function runLengths({ runs, files }: ChosenFiles): RunLength[] {
  return runs.map((run) => ({
    run,
    volumes: Math.min(...files.filter((file) => file.run === run).map(({ volumes }) => volumes)),
  }));
}

function without(all: readonly string[], leftOut: readonly string[]): string[] {
  const stranger = leftOut.find((name) => !all.includes(name));
  if (stranger !== undefined) {
    throw new Fault("dataset/unknown-name", { name: stranger, known: all.join(", ") });
  }
  return all.filter((name) => !leftOut.includes(name));
}

/** What differs between two grids, "" where it is where their voxels lie; null where they are the same. */
export function otherGrid(a: Grid, b: Grid): string | null {
  if (sameGrid(a, b)) return null;
  if (a.kind === "volume" && b.kind === "volume") return "";
  if (a.kind !== b.kind) return `, ${a.kind} and ${b.kind}`;
  const [own, other] = [a.dimensions[0], b.dimensions[0]];
  if (own !== other) return `, of ${own} and ${other} columns`;
  return ", whose columns are not the same vertices or voxels";
}

function nameOf({ subject, run }: RunFile): string {
  return `${subject} ${run}`;
}
