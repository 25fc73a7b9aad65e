import { contextBridge, ipcRenderer, webUtils } from "electron";
import { calls, events } from "#app/contract/calls.ts";

contextBridge.exposeInMainWorld("bridge", {
  call: (name: string, input: unknown) =>
    Object.hasOwn(calls, name) ? ipcRenderer.invoke(name, input) : Promise.reject(new Error("No such call.")),
  /** Passes the payload alone, never Electron's event; the answer ends the listening. */
  on: (name: string, listener: (payload: unknown) => void) => {
    if (!Object.hasOwn(events, name)) throw new Error("No such event.");
    const heard = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(name, heard);
    return () => {
      ipcRenderer.off(name, heard);
    };
  },
  pathFor: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
});
