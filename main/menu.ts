import { Menu, type MenuItemConstructorOptions } from "electron";
import type { MenuCommand } from "#app/contract/calls.ts";
import { tell } from "#main/ipc-serve.ts";

/** The application's menu. What the window does itself it is asked by the name of its command. */
export function setMenu(): void {
  const mac = process.platform === "darwin";
  const ask = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    // The window hears its keys itself, so that none fires while a person types.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => tell("menu.command", { command }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: "appMenu" } as const] : []),
    {
      label: "File",
      submenu: [
        ask("Open folder…", "study.choose", "CommandOrControl+O"),
        ask("Open file…", "study.chooseFile", "CommandOrControl+Shift+O"),
        ask("Get a dataset…", "study.get", "CommandOrControl+Shift+G"),
        ask("Open the example study", "study.example"),
        { type: "separator" },
        { role: mac ? "close" : "quit" },
      ],
    },
    {
      label: "Edit",
      submenu: [
        { role: "undo" },
        { role: "redo" },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: "View",
      submenu: [
        { role: "zoomIn" },
        { role: "zoomOut" },
        { role: "resetZoom" },
        { type: "separator" },
        { role: "togglefullscreen" },
      ],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [ask("Shortcuts", "help.shortcuts")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
