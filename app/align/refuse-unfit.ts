import { Fault } from "#app/contract/fault.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { AlignSubject } from "./aligner.ts";
import { sameVoxels } from "./shared-voxels.ts";

/** @throws Fault align/different-rows, align/not-finite */
export function refuseUnfit(subjects: readonly AlignSubject[]): void {
  refuseOtherRows(subjects.map(({ samples }) => samples));
  for (const [at, subject] of subjects.entries()) {
    if (!finite(subject)) throw new Fault("align/not-finite", { subject: `subject ${at + 1}` });
  }
}

/** Of a subject to add to a space. @throws Fault align/different-rows, align/not-finite */
export function refuseNewcomer(space: Matrix, subject: AlignSubject): void {
  refuseOtherRows([subject.samples, space]);
  if (!finite(subject)) throw new Fault("align/not-finite", { subject: "the new subject" });
}

/** @throws Fault align/different-rows */
export function refuseOtherRows(all: readonly Matrix[]): void {
  const rows = all.map((one) => one.rows);
  if (new Set(rows).size > 1) throw new Fault("align/different-rows", { detail: rows.join(", ") });
}

/**
 * The same where samples are gone through for something else anyway: one that is not finite makes the sum of all squares so.
 * @throws Fault align/not-finite
 */
export function refuseSquares(squaredNorm: number, subject: string): void {
  if (!Number.isFinite(squaredNorm)) throw new Fault("align/not-finite", { subject });
}

/** Where voxel k of one subject is to be voxel k of all. @throws Fault align/different-voxels */
export function refuseOtherVoxels(method: string, subjects: readonly Pick<AlignSubject, "voxels">[]): void {
  const [first] = subjects;
  if (first === undefined || subjects.every(({ voxels }) => sameVoxels(voxels, first.voxels))) return;
  const detail = `but their numbers are ${subjects.map(({ voxels }) => voxels.length).join(", ")}`;
  throw new Fault("align/different-voxels", { method, detail });
}

/** Of methods that hold a number for every pair of voxels. @throws Fault align/many-voxels */
export function refuseManyVoxels(
  method: string,
  subjects: readonly Pick<AlignSubject, "voxels">[],
  most: number,
): void {
  const widest = Math.max(...subjects.map(({ voxels }) => voxels.length));
  if (widest > most) throw new Fault("align/many-voxels", { method, voxels: `${widest}`, most: `${most}` });
}

/** Where voxels lie, V × 3 in mm. @throws Fault align/no-places */
export function placesOf({ places }: { readonly places: Float64Array | null }): Float64Array {
  if (places === null) throw new Fault("align/no-places");
  return places;
}

/** A value times 0 is 0, and not a number where it is not finite. Four sums: one would wait for itself. */
function finite({ samples: { data }, seenFinite }: AlignSubject): boolean {
  if (seenFinite === true) return true;
  const whole = data.length - (data.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    a += (data[at] as number) * 0;
    b += (data[at + 1] as number) * 0;
    c += (data[at + 2] as number) * 0;
    d += (data[at + 3] as number) * 0;
  }
  for (let at = whole; at < data.length; at++) a += (data[at] as number) * 0;
  return a + b + c + d === 0;
}
