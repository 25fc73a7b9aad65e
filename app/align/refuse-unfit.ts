import { Fault } from "#app/contract/fault.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { AlignSubject } from "./aligner.ts";

/** @throws Fault align/different-rows, align/not-finite */
export function refuseUnfit(subjects: readonly AlignSubject[]): void {
  const rows = subjects.map(({ samples }) => samples.rows);
  if (new Set(rows).size > 1) throw new Fault("align/different-rows", { detail: rows.join(", ") });
  for (const [at, { samples }] of subjects.entries()) {
    if (!allFinite(samples.data)) throw new Fault("align/not-finite", { subject: `subject ${at + 1}` });
  }
}

/** Of a subject to add to a space. @throws Fault align/different-rows, align/not-finite */
export function refuseNewcomer(space: Matrix, { samples }: AlignSubject): void {
  if (samples.rows !== space.rows) {
    throw new Fault("align/different-rows", { detail: `${samples.rows} and ${space.rows}` });
  }
  if (!allFinite(samples.data)) throw new Fault("align/not-finite", { subject: "the new subject" });
}

/** By index: a callback for each value takes many times as long. */
function allFinite(values: Float64Array): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}
