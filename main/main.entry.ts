import { url as inspectorUrl } from "node:inspector";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { app, BrowserWindow, powerSaveBlocker } from "electron";
import type { Payload } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { serveAnnex } from "#main/annex-calls.ts";
import { guardClosing, guardUnsaved } from "#main/closing.ts";
import { commandLineArguments, runCommandLine } from "#main/command-line.ts";
import { contractHash } from "#main/contract-hash.ts";
import { serveDatasets } from "#main/dataset-calls.ts";
import { isForbiddenDebugging } from "#main/debugging.ts";
import { EngineHost } from "#main/engine-host.ts";
import { forkEngine } from "#main/engine-process.ts";
import { faultMessage } from "#main/fault-message.ts";
import { filesAsked, onFileAsked } from "#main/files-asked.ts";
import { Grants } from "#main/grants.ts";
import { tell } from "#main/ipc-serve.ts";
import { KnownStudies } from "#main/known-studies.ts";
import { lockDown } from "#main/lock-down.ts";
import { logConsoleTo } from "#main/log-file.ts";
import { serveMasks } from "#main/mask-calls.ts";
import { setMenu } from "#main/menu.ts";
import { declareSchemes, servePage } from "#main/page-scheme.ts";
import { places } from "#main/places.ts";
import { serveRuns } from "#main/run-calls.ts";
import { RunList } from "#main/run-list.ts";
import { runSelfTest } from "#main/self-test.ts";
import { StayAwake } from "#main/stay-awake.ts";
import { serveVolumes } from "#main/volume-scheme.ts";
import { createWindow } from "#main/window.ts";

if (isForbiddenDebugging(process.argv, { isPackaged: app.isPackaged, inspectorUrl: inspectorUrl() })) {
  console.error("Concord does not start to be debugged. Start it without --inspect and --remote-debugging.");
  app.exit(1);
} else begin(commandLineArguments());

function begin(commandLine: readonly string[] | null): void {
  if (commandLine !== null) {
    // No window will open, so none of it needs a display; nor is there a page to lock in.
    app.commandLine.appendSwitch("ozone-platform", "headless");
  } else if (app.isPackaged || !app.commandLine.hasSwitch("no-sandbox")) {
    // enableSandbox overrides --no-sandbox, which tests need as root; the packaged application never skips it.
    app.enableSandbox();
  }
  declareSchemes();
  app.on("window-all-closed", () => app.quit());
  if (commandLine !== null) void runCommandLine(commandLine);
  else if (app.commandLine.hasSwitch("self-test")) void app.whenReady().then(runSelfTest);
  else if (!app.requestSingleInstanceLock()) app.quit();
  else void app.whenReady().then(start);
}

function start(): void {
  const { root, data, template, recent, example, log, runs: runsFolder, window: windowPlace } = places();
  logConsoleTo(log, "main");
  let ready: Payload<"engine.ready"> | null = null;
  const workers = availableParallelism();
  const engine = new EngineHost(() => forkEngine({ root, data, workers, log }), contractHash, {
    onReady: (hello) => {
      ready = hello;
      tell("engine.ready", hello);
    },
    onLost: (fault) => {
      ready = null;
      console.error(fault.message);
      tell("engine.lost", { text: fault.message });
    },
  });
  const stayAwake = new StayAwake(powerSaveBlocker);
  const runs = new RunList(runsFolder, engine, {
    onBusy: (busy) => stayAwake.set(busy),
    onProgress: (told) => tell("run.progress", told),
    onEnded: (summary) => tell("run.ended", summary),
  });
  const datasets = new Grants<Dataset>();
  const results = new Grants<string>();
  const background = ({ backgroundPath }: { readonly backgroundPath: string | null }) =>
    backgroundPath ?? template;
  const open = serveDatasets({
    engine,
    grants: datasets,
    studies: new KnownStudies(recent),
    example,
    background,
  });
  serveMasks({ engine, grants: datasets });
  serveAnnex({ engine, grants: datasets, open: open.study });
  serveRuns({ engine, grants: results, runs, template });
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
  const openFile = async (path: string) => {
    comeForward();
    try {
      tell("dataset.opened", await open.study(path));
    } catch (error) {
      tell("dataset.refused", faultMessage(error));
    }
  };
  window.webContents.once("did-finish-load", async () => {
    const [asked] = filesAsked();
    if (app.commandLine.hasSwitch("example")) tell("dataset.opened", await open.example());
    else if (asked !== undefined) await openFile(asked);
    // From now on each at once.
    onFileAsked((path) => void openFile(path));
  });
  guardClosing(window, runs);
  guardUnsaved(window);
  app.on("second-instance", comeForward);
}

/** A second start shows the window of the first. */
function comeForward(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}
