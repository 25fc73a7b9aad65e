import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { app, BrowserWindow, dialog, session } from "electron";
import { EngineHost } from "#main/engine-host.ts";
import { SentFault } from "#main/fault-message.ts";
import { serve } from "#main/ipc-serve.ts";
import { declarePageScheme, isOurPage, PAGE, servePage } from "#main/page-scheme.ts";

const engine = new EngineHost();
/** Folders the user opened, by the random name under which the window may ask for them. */
const grants = new Map<string, string>();

async function open(path: string) {
  const reply = await engine.open(path);
  if (!reply.ok) throw new SentFault(reply.fault);
  const grant = randomBytes(16).toString("hex");
  grants.set(grant, path);
  return { grant, dataset: reply.value };
}

function createWindow(): void {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 560,
    webPreferences: { preload: join(__dirname, "preload.cjs"), sandbox: true, contextIsolation: true },
  });
  window.setMenuBarVisibility(false);
  void window.loadURL(PAGE);
}

// enableSandbox overrides --no-sandbox, which tests need as root; the packaged application never skips it.
if (app.isPackaged || !app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
declarePageScheme();
app.on("web-contents-created", (_, contents) => {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
});
app.on("second-instance", () => BrowserWindow.getAllWindows()[0]?.focus());
app.on("window-all-closed", () => app.quit());
app.on("will-quit", () => engine.end());

if (!app.requestSingleInstanceLock()) app.quit();
else
  void app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, done) => done(false));
    session.defaultSession.setPermissionCheckHandler(() => false);
    servePage(join(__dirname, "..", "renderer"));
    engine.start();
    serve("dataset.open", ({ path }) => open(path));
    serve("dataset.choose", async () => {
      const { filePaths } = await dialog.showOpenDialog({
        title: "Open a folder",
        properties: ["openDirectory"],
      });
      return filePaths[0] ? open(filePaths[0]) : null;
    });
    createWindow();
  });
