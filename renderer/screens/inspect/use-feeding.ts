import { useEffect, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import type { RunMaps } from "#renderer/brain/map-source.ts";
import { overRegion } from "#renderer/brain/over-region.ts";
import { bridge } from "#renderer/bridge.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Feeding {
  /** V, in the order of the region; NaN at voxels that the subject's transform leaves out. Null until they are known. */
  readonly values: Float32Array | null;
  /** How many components there are to choose from; null where columns are voxels. */
  readonly components: number | null;
  /** What is shown, or why nothing is. */
  readonly text: string;
}

const NONE: Feeding = { values: null, components: null, text: "Reading the transforms." };

/** How much the chosen subject's voxels feed the common voxel at a place of the region, or the chosen component. */
export function useFeeding(
  { summary: { run }, maps }: RunDetail,
  { voxels }: RunMaps,
  place: number,
): Feeding {
  const subject = useSelection((selection) => selection.subject) ?? maps.subjects[0] ?? "";
  const { kind, component } = useInspectView();
  const [feeding, setFeeding] = useState<Feeding>(NONE);
  const byNumber = feeding.components !== null;
  const asked = kind === "feeds";
  const voxel = voxels[place] ?? null;
  // A component stays where it is while the crosshair moves.
  const column = byNumber ? component : voxel;
  useEffect(() => {
    if (!asked || column === null) return;
    let stale = false;
    const wanted = byNumber ? column : { voxel: column };
    void bridge.call("run.weights", { run, subject, column: wanted }).then((answer) => {
      if (stale) return;
      if (!answer.ok) return setFeeding({ ...NONE, text: answer.fault.text });
      const { weights, width, fold, columnVoxel, ...found } = answer.value;
      const what =
        columnVoxel === null
          ? `component ${found.column} of ${width}`
          : "the voxel of the common space under the crosshair";
      setFeeding({
        values: overRegion(voxels, found.voxels, weights),
        components: columnVoxel === null ? width : null,
        text: `How much each of ${subject}'s own voxels feeds ${what}, by the transform of fold ${fold}. There is no after: these are weights, and samples times them are the column.`,
      });
    });
    return () => {
      stale = true;
    };
  }, [asked, run, subject, column, byNumber, voxels]);
  return feeding;
}
