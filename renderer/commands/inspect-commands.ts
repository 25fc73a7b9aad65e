import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";
import type { Command } from "./command.ts";

const MOST_SUBJECTS = 9;
const inspecting = () => useInspectView.getState().shown !== null;

function inspect(id: string, label: string, keys: readonly string[], perform: () => void): Command {
  return { id: `inspect.${id}`, label, group: "Inspect", keys, applies: inspecting, perform };
}

function stepCondition(by: number): void {
  const { condition, select } = useSelection.getState();
  const names = useInspectView.getState().shown?.maps.conditions ?? [];
  const next = names[Math.max(0, names.indexOf(condition ?? "")) + by];
  if (next !== undefined) select({ condition: next });
}

/** What the keys do to the brains. */
export const inspectCommands: readonly Command[] = [
  inspect("overlay", "Map on or off", ["v"], () => {
    const { overlay, change } = useInspectView.getState();
    change({ overlay: !overlay });
  }),
  inspect("previous-condition", "Previous condition", ["["], () => stepCondition(-1)),
  inspect("next-condition", "Next condition", ["]"], () => stepCondition(1)),
  ...Array.from({ length: MOST_SUBJECTS }, (_, at) =>
    inspect(`subject-${at + 1}`, "Subject by number", [String(at + 1)], () => {
      const subject = useInspectView.getState().shown?.maps.subjects[at];
      if (subject !== undefined) useSelection.getState().select({ subject });
    }),
  ),
  inspect("frame", "Frame the region or the whole brain", ["b"], () => {
    const { frame, change } = useInspectView.getState();
    change({ frame: frame === "region" ? "brain" : "region" });
  }),
  inspect("crosshair", "Crosshair on or off", ["h"], () => {
    const { crosshair, change } = useInspectView.getState();
    change({ crosshair: !crosshair });
  }),
  inspect("labels", "Labels of the sides on or off", ["l"], () => {
    const { labels, change } = useInspectView.getState();
    change({ labels: !labels });
  }),
  inspect("reset", "Reset the view", ["r", "0"], () => {
    const { resets, change } = useInspectView.getState();
    change({ frame: "region", overlay: true, crosshair: true, labels: true, resets: resets + 1 });
  }),
];
