import type { Region } from "#app/contract/plan.ts";
import { count, grouped, listed } from "./numbers.ts";

/** Of longer lists the report's Plan has the rest. */
const MOST_NAMES = 30;

/** Which voxels were analysed, in a sentence. `names` are those of the chosen labels, `voxels` before any was dropped. */
export function regionSentence(region: Region, names: readonly string[], voxels: number): string {
  return `The analysis was restricted to ${regionWords(region, names, voxels)}.`;
}

function regionWords(region: Region, names: readonly string[], voxels: number): string {
  const all = `the ${count(voxels, "voxel")}`;
  const inBrain = `${all} in every subject's brain mask`;
  switch (region.kind) {
    case "brain":
      return inBrain;
    case "mask":
      return `${all} of a region of interest (${fileName(region.path)})`;
    case "labels": {
      const told = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), "others"] : names;
      return `${inBrain} and in ${count(names.length, "region")} of ${fileName(region.path)} (${listed(told)})`;
    }
    case "sphere":
      return `${inBrain} and within ${region.radiusMm} mm of ${placeWords(region.centreMm)}`;
    case "parcels":
      return `${all} of ${parcelWords(region)}`;
  }
}

function parcelWords({
  method,
  count: parcels,
  parcels: kept,
  from,
  seed,
}: Region & { kind: "parcels" }): string {
  const chosen =
    kept === null ? "all" : `${kept.length === 1 ? "number" : "numbers"} ${listed(kept.map(String))} of`;
  const by =
    method === "ward"
      ? "Ward's clustering of voxels that share a face"
      : `k-means clustering of voxels (k-means++, seed ${seed})`;
  return `${chosen} ${grouped(parcels)} parcels made by ${by}, by their time courses in ${listed(from)}, z-scored within each run and averaged over subjects; no sample of ${from.length === 1 ? "that run" : "those runs"} was tested`;
}

/** "−6, −58, 32 mm". */
function placeWords(place: readonly number[]): string {
  return `${place.map((mm) => String(mm).replace("-", "−")).join(", ")} mm`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
