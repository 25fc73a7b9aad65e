import { join } from "node:path";
import { BrowserWindow, screen } from "electron";
import { PAGE } from "#main/page-scheme.ts";
import { readWindowPlace, saveWindowPlace } from "#main/window-place.ts";

const SETTLED_MS = 400;

/** The one window, where it was the last time: `placeFile` remembers. */
export function createWindow(placeFile: string): BrowserWindow {
  const place = readWindowPlace(
    placeFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const { maximised = false, ...bounds } = place ?? { width: 1440, height: 900 };
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: "Concord",
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  });
  if (maximised) window.maximize();
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
      const remembered = { ...window.getNormalBounds(), maximised: window.isMaximized() };
      // Forgetting where the window was hurts nobody.
      saveWindowPlace(placeFile, remembered).catch(() => undefined);
    }, SETTLED_MS);
  };
  window.on("resize", settle);
  window.on("move", settle);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(PAGE);
  return window;
}
