import { join } from "node:path";
import { dialog } from "electron";
import type { Opened, Payload } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import type { EngineHost } from "#main/engine-host.ts";
import type { Grants } from "#main/grants.ts";
import { serve, tell } from "#main/ipc-serve.ts";

interface Context {
  readonly engine: EngineHost;
  readonly grants: Grants<Dataset>;
  readonly open: (path: string) => Promise<Opened>;
}

/** Answers what the window asks of downloads: one at a time. */
export function serveAnnex({ engine, grants, open }: Context): void {
  let fetching = new AbortController();

  serve("annex.known", ({ text }) => engine.call("known", [text]));
  serve("annex.fetch", async ({ grant, paths }) => {
    const { folder } = grants.get(grant);
    fetching.abort();
    fetching = new AbortController();
    const onProgress = (told: unknown) => tell("annex.fetching", told as Payload<"annex.fetching">);
    return engine.call("fetch", [{ dataset: folder, paths }], { signal: fetching.signal, onProgress });
  });
  serve("annex.pause", async () => {
    fetching.abort();
    return {};
  });
  serve("annex.clone", async ({ address }) => {
    const { filePaths } = await dialog.showOpenDialog({
      title: "Choose the folder to put the dataset in",
      properties: ["openDirectory", "createDirectory"],
    });
    const [parent] = filePaths;
    if (parent === undefined) return null;
    fetching.abort();
    fetching = new AbortController();
    const onProgress = (told: unknown) => tell("annex.cloning", told as Payload<"annex.cloning">);
    const [known] = await engine.call("known", [address]);
    const url = known?.url ?? address;
    const folder = join(parent, folderName(url));
    await engine.call("clone", [{ url, folder }], { signal: fetching.signal, onProgress });
    return open(folder);
  });
}

/** As git names a clone. */
function folderName(address: string): string {
  const last = address.split(/[\\/]/).filter(Boolean).at(-1) ?? "";
  return (
    last
      .replace(/\.git$/, "")
      .replace(/[^\w.-]/g, "_")
      .replace(/^\.+/, "") || "dataset"
  );
}
