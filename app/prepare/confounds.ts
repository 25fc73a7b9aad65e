import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Cleaning, cleaningOf, readsConfounds } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { type ConfoundsTable, compcorMasks, readConfoundsTable, sidecarOf } from "./confounds-table.ts";

/** What is regressed out of one run. */
export interface Regressors {
  /** A value for each volume, finite. */
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
  /** The volumes to be taken out of the fit, ascending. */
  readonly marked: readonly number[];
  /** Sentences of what was asked for and is not there. */
  readonly remarks: readonly string[];
}

export const noRegressors: Regressors = { columns: [], marked: [], remarks: [] };

const MOTION = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"];

/**
 * The confounds of a run that a Plan asks for and that the image did not go through before, as
 * nilearn.interfaces.fmriprep.load_confounds chooses them. Differences and squares that a table lacks are computed. The
 * n/a of first rows take the first value that follows.
 * @throws Fault confounds/missing, confounds/unreadable, confounds/no-column
 */
export async function readRegressors(file: RunFile, asked: Cleaning): Promise<Regressors> {
  const cleaning = cleaningOf(file, asked);
  if (!readsConfounds(cleaning)) return noRegressors;
  const { confoundsPath: path, subject, run, volumes, treatments } = file;
  if (path === null) throw new Fault("confounds/missing", { run, subject });
  const table = await readConfoundsTable(path);
  if (table.rows !== volumes) {
    const detail = `it has ${table.rows} rows, and the image ${volumes} volumes`;
    throw new Fault("confounds/unreadable", { path, detail });
  }
  const { motion, csfWhiteMatter, compcor, globalSignal, cosines } = cleaning.confounds;
  const names = [
    ...(motion === "none" ? [] : MOTION.flatMap((name) => expanded(name, motion === "24"))),
    ...(csfWhiteMatter === "none"
      ? []
      : ["csf", "white_matter"].flatMap((name) => expanded(name, csfWhiteMatter === "full"))),
    ...(globalSignal ? ["global_signal"] : []),
  ];
  const remarks: string[] = [];
  if (compcor !== null) {
    const found = await compcorColumns(table, path, compcor.components);
    if (found.length === 0) throw table.missing("a_comp_cor_00");
    names.push(...found);
    if (found.length < compcor.components) {
      remarks.push(
        `${basename(path)} has ${found.length} of the ${compcor.components} aCompCor components; those were used.`,
      );
    }
  }
  if (
    compcor !== null &&
    !cosines &&
    cleaning.highPassHertz === null &&
    !treatments.includes("high-passed")
  ) {
    remarks.push("aCompCor was used without the high-pass filter or cosines that it was made with.");
  }
  if (cosines) {
    const found = table.numbered(/^cosine(\d+)$/).map(({ name }) => name);
    names.push(...found);
    if (found.length === 0) remarks.push(`${basename(path)} has no cosines, so that none were used.`);
  }
  const columns = names.map((name) => ({ name, values: filled(columnOf(table, name), name, path) }));
  return { columns, marked: markedVolumes(table, cleaning, path), remarks };
}

/** The files that the confounds of an image are read from, of those that are there. */
export async function confoundsFiles(file: RunFile, asked: Cleaning): Promise<string[]> {
  const cleaning = cleaningOf(file, asked);
  const path = file.confoundsPath;
  if (path === null || !readsConfounds(cleaning)) return [];
  const paths = cleaning.confounds.compcor === null ? [path] : [path, sidecarOf(path)];
  const there = await Promise.all(paths.map((one) => stat(one).catch(() => null)));
  return [...new Set(paths.filter((_, at) => there[at] !== null))];
}

function expanded(name: string, full: boolean): string[] {
  return full ? [name, `${name}_derivative1`, `${name}_power2`, `${name}_derivative1_power2`] : [name];
}

/** A column of the table, or of one that it has: its difference to the row before, or its square. */
function columnOf(table: ConfoundsTable, name: string): Float64Array {
  const kept = table.column(name);
  if (kept !== null) return kept;
  const [, base, suffix] = /^(.*)_(derivative1|power2)$/.exec(name) ?? [];
  if (base === undefined) throw table.missing(name);
  const from = columnOf(table, base);
  if (suffix === "power2") return from.map((value) => value * value);
  return from.map((value, row) => value - (row === 0 ? Number.NaN : (from[row - 1] as number)));
}

/** The first components by their number: of those made of both tissues where the JSON file tells, else of all. */
async function compcorColumns(table: ConfoundsTable, path: string, most: number): Promise<string[]> {
  const masks = await compcorMasks(path);
  return table
    .numbered(/^acompcor(\d+)$/)
    .filter(({ name }) => masks.size === 0 || masks.get(name) === "combined")
    .sort((a, b) => a.number - b.number)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Leading n/a take the first value. @throws Fault confounds/unreadable where another one is missing */
function filled(values: Float64Array, name: string, path: string): Float64Array {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const missing = values.findIndex((value, row) => row >= first && Number.isNaN(value));
  if (missing >= 0) {
    throw new Fault("confounds/unreadable", { path, detail: `${name} has no value in row ${missing + 1}` });
  }
  return values.map((value, row) => (row < first ? (values[first] as number) : value));
}

/** Volumes above a threshold of the scrubbing, and those that the table calls not in steady state. */
function markedVolumes(table: ConfoundsTable, { scrubbing }: Cleaning, path: string): number[] {
  if (scrubbing === null) return [];
  const limits = [
    ["framewise_displacement", scrubbing.framewiseDisplacementMm] as const,
    ...(scrubbing.stdDvars === null ? [] : [["std_dvars", scrubbing.stdDvars] as const]),
    ...table.numbered(/^nonsteadystateoutlier(\d+)$/).map(({ name }) => [name, 0] as const),
  ].map(([name, limit]) => {
    const values = columnOf(table, name);
    // Only first rows may lack a value, and are not marked.
    filled(values, name, path);
    return { values, limit };
  });
  return Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    limits.some(({ values, limit }) => (values[row] as number) > limit),
  );
}
