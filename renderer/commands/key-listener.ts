import { bridge } from "#renderer/bridge.ts";
import { commands } from "./command-table.ts";
import { chordOf } from "./key-chord.ts";

const TYPED = "input:not([type=checkbox]):not([type=range]):not([type=radio]), textarea, [contenteditable]";
/** What makes use of arrows, letters or digits itself. */
const OWN_KEYS = "select, input, [role=slider], [role=menu], [role=listbox], [role=dialog]";

/** Keys and the application menu perform commands; never while a person types in a field. */
export function listenForCommands(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const altGraph = event.getModifierState("AltGraph");
    const chord = chordOf({ key, ctrlKey, metaKey, altKey, shiftKey, altGraph });
    if (event.target instanceof Element) {
      if (event.target.closest(TYPED) !== null) return;
      if (!chord.startsWith("Mod+") && event.target.closest(OWN_KEYS) !== null) return;
    }
    const command = commands.find((one) => one.keys.includes(chord) && one.applies());
    if (command === undefined) return;
    event.preventDefault();
    command.perform();
  });
  bridge.on("menu.command", ({ command: id }) => {
    const command = commands.find((one) => one.id === id);
    if (command?.applies()) command.perform();
  });
}
