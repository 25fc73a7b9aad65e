import type { MenuCommand } from "#app/contract/calls.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { places, usePlace } from "#renderer/state/place.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useRuns } from "#renderer/state/runs.ts";
import { useStudy } from "#renderer/state/study.ts";
import type { Command } from "./command.ts";
import { crosshairCommands } from "./crosshair-commands.ts";
import { drawCommands } from "./draw-commands.ts";
import { inspectCommands } from "./inspect-commands.ts";
import { chordWords } from "./key-chord.ts";

const always = () => true;
const idle = () => !useStudy.getState().busy;

function toOpen(open: () => Promise<void>): void {
  usePlace.getState().go("Open");
  void open();
}

const menuCommands: readonly (Command & { readonly id: MenuCommand })[] = [
  {
    id: "study.choose",
    label: "Open a folder",
    group: "Study and runs",
    keys: ["Mod+o"],
    applies: idle,
    perform: () => toOpen(() => useStudy.getState().choose("folder")),
  },
  {
    id: "study.chooseFile",
    label: "Open a file",
    group: "Study and runs",
    keys: ["Mod+Shift+o"],
    applies: idle,
    perform: () => toOpen(() => useStudy.getState().choose("file")),
  },
  {
    id: "study.get",
    label: "Get a dataset",
    group: "Study and runs",
    keys: ["Mod+Shift+g"],
    applies: idle,
    perform: () => useDialog.getState().show("get-dataset"),
  },
  {
    id: "study.example",
    label: "Open the example study",
    group: "Study and runs",
    keys: [],
    applies: idle,
    perform: () => toOpen(useStudy.getState().example),
  },
  {
    id: "help.shortcuts",
    label: "Shortcuts",
    group: "Help",
    keys: ["?"],
    applies: always,
    perform: () => useDialog.getState().show("shortcuts"),
  },
];

/** All that a key can do. */
export const commands: readonly Command[] = [
  ...places.map((place, at) => ({
    id: `place.${place}`,
    label: place,
    group: "Places" as const,
    keys: [`Mod+${at + 1}`],
    applies: always,
    perform: () => usePlace.getState().go(place),
  })),
  ...menuCommands,
  {
    id: "run.start",
    label: "Align and classify",
    group: "Study and runs",
    keys: ["Mod+Enter"],
    applies: () =>
      usePlace.getState().place === "Align" &&
      usePlanDraft.getState().preview !== null &&
      useRuns.getState().running === null,
    perform: () => {
      const { plan } = usePlanDraft.getState();
      if (plan !== null) void useRuns.getState().start(plan);
    },
  },
  ...inspectCommands,
  ...crosshairCommands,
  ...drawCommands,
  {
    id: "dialog.close",
    label: "Close what is open",
    group: "Help",
    keys: ["Escape"],
    applies: () => useDialog.getState().open !== null,
    perform: () => useDialog.getState().show(null),
  },
];

export const onMac = () => /mac/i.test(navigator.userAgent);

/** A tooltip: what a command does and its key. */
export function hint(id: string, label?: string): string {
  const command = commands.find((one) => one.id === id);
  const [chord] = command?.keys ?? [];
  const words = label ?? command?.label ?? "";
  return chord === undefined ? words : `${words} (${chordWords(chord, onMac()).join("+")})`;
}
