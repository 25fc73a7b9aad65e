import { availableParallelism } from "node:os";
import { join } from "node:path";
import { app, BrowserWindow, dialog } from "electron";
import type { Payload } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { faults } from "#app/contract/fault.ts";
import { commandLineArguments, runCommandLine } from "#main/command-line.ts";
import { serveDatasets } from "#main/dataset-calls.ts";
import { EngineHost } from "#main/engine-host.ts";
import { Grants } from "#main/grants.ts";
import { tell } from "#main/ipc-serve.ts";
import { lockDown } from "#main/lock-down.ts";
import { setMenu } from "#main/menu.ts";
import { declareSchemes, servePage } from "#main/page-scheme.ts";
import { places } from "#main/places.ts";
import { serveRuns } from "#main/run-calls.ts";
import { RunList } from "#main/run-list.ts";
import { serveVolumes } from "#main/volume-scheme.ts";
import { createWindow } from "#main/window.ts";

const commandLine = commandLineArguments();
if (commandLine !== null) {
  // No window will open, so none of it needs a display; nor is there a page to lock in.
  app.commandLine.appendSwitch("ozone-platform", "headless");
} else if (app.isPackaged || !app.commandLine.hasSwitch("no-sandbox")) {
  // enableSandbox overrides --no-sandbox, which tests need as root; the packaged application never skips it.
  app.enableSandbox();
}
declareSchemes();
app.on("second-instance", () => BrowserWindow.getAllWindows()[0]?.focus());
app.on("window-all-closed", () => app.quit());
if (commandLine !== null) void runCommandLine(commandLine);
else if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(start);

function start(): void {
  const { root, data, template, recent, example, runs: runsFolder, window: windowPlace } = places();
  let ready: Payload<"engine.ready"> | null = null;
  const engine = new EngineHost(
    { root, data, workers: availableParallelism() },
    {
      onReady: (hello) => {
        ready = hello;
        tell("engine.ready", hello);
      },
      onLost: () =>
        tell("engine.lost", { text: `${faults["engine/lost"].what} ${faults["engine/lost"].todo}` }),
    },
  );
  const runs = new RunList(runsFolder, engine, {
    onProgress: (told) => tell("run.progress", told),
    onEnded: (summary) => tell("run.ended", summary),
  });
  const datasets = new Grants<Dataset>();
  const results = new Grants<string>();
  const background = ({ backgroundPath }: { readonly backgroundPath: string | null }) =>
    backgroundPath ?? template;
  const open = serveDatasets({ engine, grants: datasets, recent, example, background });
  serveRuns({ engine, grants: results, runs, background });
  serveVolumes((grant, name) => datasets.fileOf(grant, name) ?? results.fileOf(grant, name));
  servePage(join(root, "out", "renderer"));
  lockDown();
  engine.start();
  app.on("will-quit", () => engine.end());

  setMenu();
  const window = createWindow(windowPlace);
  window.webContents.on("did-finish-load", () => {
    if (ready !== null) tell("engine.ready", ready);
  });
  window.webContents.on("render-process-gone", () => window.reload());
  window.webContents.once("did-finish-load", async () => {
    if (app.commandLine.hasSwitch("example")) tell("dataset.opened", await open.example());
  });
  window.on("close", (event) => {
    if (runs.running && !confirmQuit(window)) event.preventDefault();
  });
}

/** Finished folds are kept, but a person should know that a run ends with the window. */
function confirmQuit(window: BrowserWindow): boolean {
  const chosen = dialog.showMessageBoxSync(window, {
    type: "question",
    message: "A run is still going.",
    detail: "It stops when Concord closes, and its results so far are lost.",
    buttons: ["Keep running", "Stop and close"],
    defaultId: 0,
    cancelId: 0,
  });
  return chosen === 1;
}
