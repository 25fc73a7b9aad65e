import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import type { Plan, Region } from "#app/contract/plan.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { placeWords } from "#renderer/parts/numbers.ts";

/** A region in a few words: "the brain masks". */
export function regionWords(region: Region, { files }: Dataset): string {
  switch (region.kind) {
    case "brain":
      return files.some(({ maskPath }) => maskPath !== null) ? "the brain masks" : "all images";
    case "mask":
      return fileName(region.path);
    case "labels": {
      const { length } = region.labels;
      return `${length} ${length === 1 ? "region" : "regions"} of ${fileName(region.path)}`;
    }
    case "sphere":
      return `${region.radiusMm} mm around ${placeWords(region.centreMm)}`;
    case "parcels": {
      const kept = region.parcels === null ? "all" : String(region.parcels.length);
      return `${kept} of ${region.count} ${region.method === "ward" ? "Ward" : "k-means"} parcels`;
    }
  }
}

/** What a region of a kind starts from; null where a file must be chosen first. */
export function startingRegion(kind: Region["kind"], dataset: Dataset, plan: Plan): Region | null {
  const [mask, atlas] = [dataset.masks[0], dataset.atlases[0]];
  switch (kind) {
    case "brain":
      return { kind };
    case "mask":
      return mask === undefined ? null : { kind, path: mask };
    case "labels":
      return atlas === undefined ? null : { kind, path: atlas, table: null, labels: [] };
    case "sphere":
      return { kind, centreMm: [0, 0, 0], radiusMm: 10 };
    case "parcels": {
      const { protocol } = plan;
      const from = protocol.name === "fit-test" ? protocol.fit : dataset.runs.slice(0, 1);
      return { kind, method: "ward", count: 100, parcels: null, from, seed: 0 };
    }
  }
}

/** The runs that a Plan tests: no parcels may be made of them. */
export function testedRuns({ protocol }: Plan, runs: readonly string[]): readonly string[] {
  return protocol.name === "fit-test" ? protocol.test : runs;
}

/** The image whose grid a region is drawn on: the first that the Plan uses; undefined where it is no volume. */
export function drawingImage({ files }: Dataset, { dataset: { leaveOut } }: Plan): RunFile | undefined {
  const used = files.find(
    ({ subject, run }) => !leaveOut.subjects.includes(subject) && !leaveOut.runs.includes(run),
  );
  return used?.grid.kind === "volume" ? used : undefined;
}
