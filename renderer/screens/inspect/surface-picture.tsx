import { useCallback, useEffect, useMemo, useRef } from "react";
import type { HemisphereSide, SurfaceMesh } from "#app/contract/surface.ts";
import { nearestColumn } from "#renderer/brain/nearest-column.ts";
import { surfaceColours } from "#renderer/brain/surface-colours.ts";
import { type SurfaceFace, SurfaceView } from "#renderer/brain/surface-view.ts";
import { useView } from "#renderer/parts/use-view.ts";

const MISSING = "The surface can't be drawn: there is no WebGL 2 here. Numbers and time courses still serve.";

/** What of a run's surfaces is looked at. */
export interface ShownSurface {
  readonly mesh: SurfaceMesh;
  readonly side: HemisphereSide;
  readonly face: SurfaceFace;
  /** Which column of the grid its first vertex is. */
  readonly first: number;
}

interface Props {
  readonly surface: ShownSurface;
  readonly voxels: Int32Array;
  readonly values: Float32Array | null;
  readonly threshold: number;
  readonly end: number;
  readonly visible: boolean;
  /** Of the region's columns. */
  readonly chosen: number;
  readonly label: string;
  readonly onChoose: (column: number) => void;
  /** Hands over how a picture is taken. */
  readonly onReady: (picture: (() => HTMLCanvasElement) | null) => void;
}

/** A map on one hemisphere, to be turned; a click chooses the nearest vertex of the region. */
export function SurfacePicture({
  surface,
  voxels,
  values,
  threshold,
  end,
  visible,
  chosen,
  label,
  onChoose,
  onReady,
}: Props) {
  const { mesh, side, face, first } = surface;
  const pick = useRef<(mm: readonly [number, number, number]) => void>(() => undefined);
  pick.current = (mm) => {
    const at = nearestColumn(mesh.points, first, voxels, mm);
    if (at !== null) onChoose(at);
  };
  const make = useCallback(
    (canvas: HTMLCanvasElement) => SurfaceView.on(canvas, mesh, (mm) => pick.current(mm)),
    [mesh],
  );
  const { canvas, view, tries, wrong } = useView(make, MISSING);
  useEffect(() => {
    onReady(view === null ? null : () => view.picture());
    return () => onReady(null);
  }, [view, onReady]);
  useEffect(() => view?.face(side, face), [view, side, face]);
  const column = (voxels[chosen] ?? -1) - first;
  const marked = column >= 0 && column < mesh.points.length / 3 ? column : null;
  const colours = useMemo(
    () =>
      surfaceColours({
        points: mesh.points,
        first,
        voxels,
        values: visible ? values : null,
        threshold,
        end,
        chosen: marked,
      }),
    [mesh, first, voxels, values, visible, threshold, end, marked],
  );
  useEffect(() => view?.show(colours), [view, colours]);
  return (
    <div className="canvas-place surface black">
      <canvas key={tries} ref={canvas} className={view === null ? "coming" : ""} aria-label={label} />
      {wrong !== "" && <p className="over">▲ {wrong}</p>}
    </div>
  );
}
