import { type Maps, mapFiles } from "#app/contract/maps.ts";
import type { EvaluationResult } from "#app/contract/result.ts";

/** A run's arrays that are small enough to hold; layouts as in `mapFiles`. */
export interface RunMaps {
  readonly voxels: Int32Array;
  readonly patterns: { readonly before: Float32Array; readonly after: Float32Array | null };
  readonly isc: { readonly before: Float32Array; readonly after: Float32Array | null };
  /** Accuracy in the sphere around each voxel; null where it was not asked for. */
  readonly searchlight: { readonly before: Float32Array; readonly after: Float32Array | null } | null;
  /** Null where correlations were not held against chance. */
  readonly iscTest: { readonly before: Float32Array; readonly after: Float32Array | null } | null;
}

/** Fetches what Inspect shows of a run but for the time courses. */
export async function fetchMaps(
  grant: string,
  { aligned }: Maps,
  { iscTest, searchlight }: Pick<EvaluationResult, "iscTest" | "searchlight">,
): Promise<RunMaps> {
  const floats = async (file: string) => new Float32Array(await fetchBytes(grant, file));
  const both = async ({ before, after }: { readonly before: string; readonly after: string }) => ({
    before: await floats(before),
    after: aligned ? await floats(after) : null,
  });
  return {
    voxels: new Int32Array(await fetchBytes(grant, mapFiles.voxels)),
    patterns: await both(mapFiles.patterns),
    isc: await both(mapFiles.isc),
    iscTest: iscTest === null ? null : await both(mapFiles.iscTest),
    searchlight: searchlight === null ? null : await both(mapFiles.searchlight),
  };
}

/** One voxel's held-out rows of all subjects: subjects × rows. */
export async function fetchTimeCourses(
  grant: string,
  { subjects, rows }: Maps,
  side: "before" | "after",
  voxel: number,
): Promise<Float32Array> {
  const length = subjects.length * rows.length * Float32Array.BYTES_PER_ELEMENT;
  const from = voxel * length;
  const range = `bytes=${from}-${from + length - 1}`;
  return new Float32Array(await fetchBytes(grant, mapFiles.timeCourses[side], { range }));
}

/** The brain under a run's maps; null where its images are in a space of which none is known. */
export async function fetchBackground(grant: string): Promise<ArrayBuffer | null> {
  const answer = await fetch(`volume://${grant}/background`);
  return answer.ok ? answer.arrayBuffer() : null;
}

async function fetchBytes(
  grant: string,
  file: string,
  headers: Record<string, string> = {},
): Promise<ArrayBuffer> {
  const answer = await fetch(`volume://${grant}/${file}`, { headers });
  // A whole file (200) in place of the part asked for would be taken for another voxel's.
  const wanted = "range" in headers ? 206 : 200;
  if (answer.status !== wanted) throw new Error(`the map ${file} is not there`);
  return answer.arrayBuffer();
}
