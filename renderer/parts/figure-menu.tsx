import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

interface Props {
  readonly label: string;
  /** What each line says and does, in order; one without a deed can't be chosen now. */
  readonly actions: readonly { readonly name: string; readonly perform: (() => void) | null }[];
}

/** The one button of a figure: its table and its exports. */
export function FigureMenu({ label, actions }: Props) {
  return (
    <MenuTrigger>
      <Button className="icon exports" aria-label={label}>
        ⋯
      </Button>
      <Popover placement="bottom end" className="floating">
        <Menu
          aria-label={label}
          className="menu"
          disabledKeys={actions.filter(({ perform }) => perform === null).map(({ name }) => name)}
          onAction={(chosen) => actions.find(({ name }) => name === chosen)?.perform?.()}
        >
          {actions.map(({ name }) => (
            <MenuItem key={name} id={name}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
