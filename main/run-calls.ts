import { join } from "node:path";
import { dialog, shell } from "electron";
import type { Payload } from "#app/contract/calls.ts";
import { mapFiles } from "#app/contract/maps.ts";
import type { EngineHost } from "#main/engine-host.ts";
import type { Grants } from "#main/grants.ts";
import { serve, tell } from "#main/ipc-serve.ts";
import type { RunList } from "#main/run-list.ts";
import { saveWhole } from "#main/save-whole.ts";

interface Context {
  readonly engine: EngineHost;
  readonly grants: Grants<string>;
  readonly runs: RunList;
  /** The brain of MNI space. */
  readonly template: string;
}

/** Answers what the window asks of Plans, runs and exports. */
export function serveRuns({ engine, grants, runs, template }: Context): void {
  serve("method.list", () => engine.call("methods", []));
  serve("plan.preview", ({ plan }) => engine.call("preview", [plan]));
  serve("run.start", async ({ plan }) => {
    const methods = await engine.call("methods", []);
    const method = methods.find(({ name }) => name === plan.method.name)?.label ?? plan.method.name;
    const datasetName = plan.dataset.path.split(/[\\/]/).filter(Boolean).at(-1) ?? plan.dataset.path;
    return { run: await runs.start(plan, { datasetName, method }) };
  });
  serve("run.cancel", async ({ run }) => {
    runs.cancel(run);
    return {};
  });
  serve("run.list", () => runs.list());
  serve("run.plan", ({ run }) => runs.plan(run));
  serve("run.read", async ({ run }) => {
    const summary = await runs.summary(run);
    const folder = runs.resultsFolder(run);
    const { plan, result, preparation, maps, origin } = await engine.call("read", [folder]);
    const { voxels, ...arrays } = mapFiles;
    const names = [voxels, ...Object.values(arrays).flatMap(({ before, after }) => [before, after])];
    const files = new Map<string, string>(names.map((name) => [name, join(folder, name)]));
    // A brain of another space than the images' would tell places that are not theirs.
    const background = origin.backgroundPath ?? (origin.space?.startsWith("MNI") ? template : null);
    if (background !== null) files.set("background", background);
    return { summary, grant: grants.grant(run, files), folder, plan, result, preparation, maps };
  });
  serve("run.surfaces", ({ run }) => engine.call("surfaces", [runs.resultsFolder(run)]));
  serve("run.weights", async ({ run, subject, column }) => {
    const asked = { folder: runs.resultsFolder(run), subject, fold: null, column };
    const { places: _, ...found } = await engine.call("columnWeights", [asked]);
    return found;
  });
  serve("run.foretold", ({ run, ...asked }) =>
    engine.call("foretell", [{ folder: runs.resultsFolder(run), ...asked }]),
  );
  serve("run.report", async ({ run }) => ({
    html: await engine.call("report", [runs.resultsFolder((await runs.summary(run)).run)]),
  }));
  serve("conditions.choose", async () => {
    const { filePaths } = await dialog.showOpenDialog({
      title: "Data to compare",
      properties: ["openDirectory"],
    });
    if (filePaths[0] === undefined) return null;
    const { path, name, subjects, runs: named } = await engine.call("open", [filePaths[0], null]);
    return { path, name, subjects, runs: named };
  });
  let fitting = new AbortController();
  serve("conditions.fit", async ({ plan, request }) => {
    fitting.abort();
    fitting = new AbortController();
    const { signal } = fitting;
    const onProgress = (told: unknown) => tell("conditions.fitting", told as Payload<"conditions.fitting">);
    return engine.call("fitConditions", [{ plan, request }], { signal, onProgress });
  });
  serve("conditions.stop", async () => {
    fitting.abort();
    return {};
  });
  serve("run.reveal", async ({ run }) => {
    const { state } = await runs.summary(run);
    // What failed has no results, but its Plan lies there.
    shell.showItemInFolder(state === "done" ? runs.resultsFolder(run) : runs.planFile(run));
    return {};
  });
  serve("file.save", async ({ name, content }) => {
    const { filePath } = await dialog.showSaveDialog({ defaultPath: name });
    if (!filePath) return null;
    await saveWhole(filePath, content);
    return { path: filePath };
  });
}
