import { join } from "node:path";
import { BrowserWindow } from "electron";
import { PAGE } from "#main/page-scheme.ts";

/** The one window. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: "Concord",
    webPreferences: {
      preload: join(__dirname, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  });
  window.setMenuBarVisibility(false);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(PAGE);
  return window;
}
