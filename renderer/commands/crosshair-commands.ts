import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";
import type { Command } from "./command.ts";

/** Left to right, back to front, down to up, in mm. */
const AXES = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowDown: [1, -1],
  ArrowUp: [1, 1],
  PageDown: [2, -1],
  PageUp: [2, 1],
} as const;
const FAR = 10;

/** The arrows and page keys, alone by a voxel and with Shift by ten. */
export const crosshairCommands: readonly Command[] = [1, FAR].flatMap((by) =>
  Object.entries(AXES).map(([key, [axis, sign]]) => ({
    id: `crosshair.${key}.${by}`,
    label: by === 1 ? "Crosshair by a voxel" : "Crosshair by ten voxels",
    group: "Inspect" as const,
    keys: [by === 1 ? key : `Shift+${key}`],
    applies: () => useInspectView.getState().shown !== null,
    perform: () => {
      const { shown } = useInspectView.getState();
      const { crosshair, column, select } = useSelection.getState();
      if (shown === null) return;
      const { region, maps } = shown;
      if (region !== null && crosshair !== null)
        select({ crosshair: region.step(crosshair, axis, sign * by) });
      // Columns without a place lie in one line.
      if (region === null && axis === 0)
        select({ column: Math.max(0, Math.min(maps.voxels - 1, (column ?? 0) + sign * by)) });
    },
  })),
);
