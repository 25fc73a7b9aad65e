import { type BrowserWindow, dialog } from "electron";
import type { RunList } from "#main/run-list.ts";

/** A cancel is answered within two seconds; an engine that hangs longer ends with the application. */
const PATIENCE_MS = 3000;

/** Asks before a window with a run that goes on is closed, and cancels the run first. */
export function guardClosing(window: BrowserWindow, runs: RunList): void {
  let leaving = false;
  window.on("close", (event) => {
    if (!runs.running) return;
    event.preventDefault();
    if (leaving || !confirmed(window)) return;
    leaving = true;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([runs.cancelAll(), patience]).then(() => window.destroy());
  });
}

/** Asks before a window is closed whose page tells that a drawing is not saved. */
export function guardUnsaved(window: BrowserWindow): void {
  window.webContents.on("will-prevent-unload", (event) => {
    const chosen = dialog.showMessageBoxSync(window, {
      type: "question",
      message: "A drawn region is not saved.",
      detail: "It is lost when Concord closes. To keep it, save it in the Align place under Region, Draw.",
      buttons: ["Go back", "Throw it away and close"],
      defaultId: 0,
      cancelId: 0,
    });
    // Prevents the page's preventing.
    if (chosen === 1) event.preventDefault();
  });
}

function confirmed(window: BrowserWindow): boolean {
  const chosen = dialog.showMessageBoxSync(window, {
    type: "question",
    message: "A run is still going.",
    detail:
      "It is cancelled when Concord closes, and has to be started anew. Results of earlier runs are kept.",
    buttons: ["Keep running", "Cancel the run and close"],
    defaultId: 0,
    cancelId: 0,
  });
  return chosen === 1;
}
