import { app, BrowserWindow } from "electron";
import { contractHash } from "#main/contract-hash.ts";
import { EngineHost } from "#main/engine-host.ts";
import { forkEngine } from "#main/engine-process.ts";
import { places } from "#main/places.ts";

/** An engine or a window that is not up by then will not be. */
const PATIENCE_MS = 30_000;

const PROBE = `(() => {
  const gl = document.createElement("canvas").getContext("webgl2");
  return gl && { version: gl.getParameter(gl.VERSION), texture3d: gl.getParameter(gl.MAX_3D_TEXTURE_SIZE) };
})()`;

/**
 * Whether this very build can do its work here: the kernels in the engine's process, WebGL in a window. One JSON
 * object on standard output; ends with code 0 where all is good, 1 otherwise.
 */
export async function runSelfTest(): Promise<void> {
  const [engine, webgl] = await Promise.allSettled([
    withinPatience(askEngine()),
    withinPatience(probeWindow()),
  ]);
  const told = {
    version: app.getVersion(),
    electron: process.versions.electron,
    engine: engine.status === "fulfilled" ? engine.value : String(engine.reason),
    webgl: webgl.status === "fulfilled" ? webgl.value : String(webgl.reason),
    good:
      engine.status === "fulfilled" &&
      engine.value.good &&
      engine.value.kernels === "native" &&
      webgl.status === "fulfilled" &&
      webgl.value !== null,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`, () => app.exit(told.good ? 0 : 1));
}

async function askEngine() {
  const { root, data, log } = places();
  const silent = { onReady: () => {}, onLost: () => {} };
  const host = new EngineHost(() => forkEngine({ root, data, workers: 1, log }), contractHash, silent);
  return host.call("selfTest", []).finally(() => host.end());
}

/** The window's version of WebGL and its largest 3-D texture, or null without WebGL 2. */
async function probeWindow(): Promise<{ version: string; texture3d: number } | null> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  await window.loadURL("about:blank");
  return window.webContents.executeJavaScript(PROBE);
}

function withinPatience<Value>(work: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer came in time")), PATIENCE_MS);
  });
  return Promise.race([work, late]);
}
