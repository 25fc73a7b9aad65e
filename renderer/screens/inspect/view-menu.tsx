import {
  Button,
  type Key,
  Keyboard,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Text,
} from "react-aria-components";
import { commands, onMac } from "#renderer/commands/command-table.ts";
import { chordWords } from "#renderer/commands/key-chord.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { usePreferences } from "#renderer/state/preferences.ts";

/** What can be on or off in the brains, with its key where it has one. */
export function ViewMenu() {
  const { overlay, crosshair, labels, change } = useInspectView();
  const { convention, ground, prefer } = usePreferences();
  const lines = [
    { id: "overlay", label: "Map", on: overlay },
    { id: "crosshair", label: "Crosshair", on: crosshair },
    { id: "labels", label: "Labels of the sides", on: labels },
    { id: "radiological", label: "Radiological: left is right", on: convention === "radiological" },
    { id: "white", label: "White behind the brains", on: ground === "white" },
  ];
  function choose(chosen: "all" | ReadonlySet<Key>) {
    const on = (id: string) => chosen === "all" || chosen.has(id);
    change({ overlay: on("overlay"), crosshair: on("crosshair"), labels: on("labels") });
    prefer({
      convention: on("radiological") ? "radiological" : "neurological",
      ground: on("white") ? "white" : "black",
    });
  }
  return (
    <MenuTrigger>
      <Button>View ▾</Button>
      <Popover placement="bottom end" className="floating">
        <Menu
          aria-label="View"
          className="menu"
          selectionMode="multiple"
          selectedKeys={lines.filter(({ on }) => on).map(({ id }) => id)}
          onSelectionChange={choose}
        >
          {lines.map(({ id, label }) => (
            <MenuItem key={id} id={id} textValue={label}>
              <Text slot="label">{label}</Text>
              <Keyboard>{keyOf(`inspect.${id}`)}</Keyboard>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function keyOf(id: string): string {
  const chord = commands.find((one) => one.id === id)?.keys[0];
  return chord === undefined ? "" : chordWords(chord, onMac()).join("+");
}
