import { useCallback, useRef, useState } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import { BrainView } from "#renderer/brain/brain-view.ts";
import { fetchBackground } from "#renderer/brain/map-source.ts";
import { useView } from "#renderer/parts/use-view.ts";

const MISSING = "The brain can't be drawn: there is no WebGL 2 here. Numbers and time courses still serve.";

/**
 * A brain on a canvas: see useView. `bare` where there is no brain of the images' space: then the silhouette, a value for
 * each voxel, stands for it.
 */
export function useBrainView(
  grant: string,
  grid: Grid,
  onMove: (mm: [number, number, number]) => void,
  silhouette: () => Float32Array,
) {
  const [bare, setBare] = useState(false);
  const hear = useRef(onMove);
  hear.current = onMove;
  const make = useCallback(
    async (canvas: HTMLCanvasElement) => {
      const background = await fetchBackground(grant);
      setBare(background === null);
      return BrainView.on(canvas, background ?? silhouette(), grid, (mm) => hear.current(mm));
    },
    [grant, grid, silhouette],
  );
  return { ...useView(make, MISSING), bare };
}
