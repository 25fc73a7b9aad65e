import { useEffect, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { mapValues, othersPattern } from "#renderer/brain/map-kind.ts";
import type { RunMaps } from "#renderer/brain/map-source.ts";
import { overRegion } from "#renderer/brain/over-region.ts";
import { patternCorrelation } from "#renderer/brain/pattern-correlation.ts";
import { bridge } from "#renderer/bridge.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Foretold {
  /** V, in the order of the region; NaN at voxels that the subject's transforms leave out. Null until they are known. */
  readonly values: Float32Array | null;
  /** How it was made and how near it comes, or why there is nothing. */
  readonly text: string;
}

const NONE: Foretold = { values: null, text: "Reading the transforms." };

/** The chosen subject's pattern of the chosen condition as the other subjects foretell it through the common space. */
export function useForetold({ summary: { run }, maps }: RunDetail, arrays: RunMaps): Foretold {
  const kind = useInspectView((view) => view.kind);
  const selection = useSelection();
  const subject = selection.subject ?? maps.subjects[0] ?? "";
  const condition = selection.condition ?? maps.conditions[0] ?? "";
  const [foretold, setForetold] = useState<Foretold>(NONE);
  const asked = kind === "foretold";
  useEffect(() => {
    if (!asked) return;
    // What is foretold of another condition would be taken for this one's.
    setForetold(NONE);
    let stale = false;
    void bridge.call("run.foretold", { run, subject, condition }).then((answer) => {
      if (stale) return;
      if (!answer.ok) return setForetold({ ...NONE, text: answer.fault.text });
      const { way, ...found } = answer.value;
      const values = overRegion(arrays.voxels, found.voxels, found.values);
      const how =
        way === "orthogonal"
          ? "by the transpose of the transform, which undoes it exactly"
          : "by ridge regression of their samples on it, since the transform is not orthogonal: an approximation";
      const choice = {
        subject: Math.max(0, maps.subjects.indexOf(subject)),
        condition: Math.max(0, maps.conditions.indexOf(condition)),
      };
      const measured = mapValues(maps, arrays, "before", { ...choice, kind }) as Float32Array;
      const near = (map: Float32Array) =>
        patternCorrelation(map, measured).toFixed(2).replace("-", "−").replace("NaN", "—");
      setForetold({
        values,
        text: `The mean of the other subjects' samples tested, brought from the common space into ${subject}'s own voxels ${how}. Its correlation with what was measured is ${near(values)}; that of the others' mean without alignment is ${near(othersPattern(maps, arrays, choice))}.`,
      });
    });
    return () => {
      stale = true;
    };
  }, [asked, kind, run, subject, condition, maps, arrays]);
  return foretold;
}
