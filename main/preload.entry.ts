import { contextBridge, ipcRenderer, webUtils } from "electron";

// Names only: the schemas stay out of the page's process.
const NAMES = ["dataset.choose", "dataset.open"];

contextBridge.exposeInMainWorld("bridge", {
  call: (name: string, input: unknown) =>
    NAMES.includes(name) ? ipcRenderer.invoke(name, input) : Promise.reject(new Error("No such call.")),
  /** No event exists yet; the names will be listed here. */
  on: (_name: string, _listener: (payload: unknown) => void) => {
    throw new Error("No such event.");
  },
  pathFor: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
});
