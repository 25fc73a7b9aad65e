import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { themes, usePreferences } from "#renderer/state/preferences.ts";

const NAMES = { system: "As the system", light: "Light", dark: "Dark" } as const;

/** Light, dark, or what the system says. */
export function ThemeMenu() {
  const { theme, prefer } = usePreferences();
  return (
    <MenuTrigger>
      <Button className="icon" aria-label={`Theme: ${NAMES[theme]}`}>
        ◐
      </Button>
      <Popover placement="bottom end" className="floating">
        <Menu
          aria-label="Theme"
          className="menu"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(chosen) => {
            const next = themes.find((name) => chosen !== "all" && chosen.has(name));
            if (next !== undefined) prefer({ theme: next });
          }}
        >
          {themes.map((name) => (
            <MenuItem key={name} id={name}>
              {NAMES[name]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
