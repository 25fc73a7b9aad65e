import { useEffect, useState } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import { type HemisphereSide, hemisphereColumns, hemispheres, type Surfaces } from "#app/contract/surface.ts";
import type { SurfaceFace } from "#renderer/brain/surface-view.ts";
import { bridge } from "#renderer/bridge.ts";
import type { ShownSurface } from "#renderer/screens/inspect/surface-picture.tsx";

/** The shapes of a run's hemispheres, and which of them is looked at from where. */
export function useSurfaces(run: string, grid: Grid, column: number) {
  const [surfaces, setSurfaces] = useState<Surfaces | null>(null);
  const [side, setSide] = useState<HemisphereSide>("left");
  const [face, setFace] = useState<SurfaceFace>("lateral");
  useEffect(() => {
    let gone = false;
    void bridge.call("run.surfaces", { run }).then((answer) => {
      if (answer.ok && !gone) setSurfaces(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [run]);
  const own = sideOf(grid, column);
  // What is chosen elsewhere is shown.
  useEffect(() => {
    if (own !== null) setSide(own);
  }, [own]);
  const known = hemispheres.filter((name) => surfaces?.[name] != null);
  const looked = known.includes(side) ? side : known[0];
  const mesh = looked === undefined ? null : (surfaces?.[looked] ?? null);
  const columns = looked === undefined ? null : hemisphereColumns(grid, looked);
  const surface: ShownSurface | null =
    looked === undefined || mesh === null || columns === null
      ? null
      : { mesh, side: looked, face, first: columns.first };
  return { surface, known, setSide, setFace };
}

function sideOf(grid: Grid, column: number): HemisphereSide | null {
  const holds = (side: HemisphereSide) => {
    const { first, count } = hemisphereColumns(grid, side) ?? { first: 0, count: 0 };
    return column >= first && column < first + count;
  };
  return hemispheres.find(holds) ?? null;
}
