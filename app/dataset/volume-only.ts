import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";

const kinds: Record<Grid["kind"], string> = {
  volume: "volumes",
  surface: "surfaces",
  grayordinates: "grayordinates",
  columns: "columns without known places",
};

/** @throws Fault region/not-volume where the values of a dataset have no places in mm; `path` names the region */
export function refuseNoVolume(grid: Grid, path: string): void {
  if (grid.kind !== "volume") throw new Fault("region/not-volume", { kind: kinds[grid.kind], path });
}
