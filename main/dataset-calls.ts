import { isAbsolute, join, relative, sep } from "node:path";
import { dialog } from "electron";
import type { Opened, Payload } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { EngineHost } from "#main/engine-host.ts";
import { faultMessage, SentFault } from "#main/fault-message.ts";
import type { Grants } from "#main/grants.ts";
import { serve, tell } from "#main/ipc-serve.ts";
import type { KnownStudies } from "#main/known-studies.ts";

interface Context {
  readonly engine: EngineHost;
  readonly grants: Grants<Dataset>;
  readonly studies: KnownStudies;
  readonly example: string;
  readonly background: (dataset: Pick<Dataset, "backgroundPath">) => string;
}

const images = [{ name: "NIfTI images", extensions: ["nii", "gz"] }];
const PLAN_DIALOGS = {
  mask: { title: "Choose a mask", filters: images },
  labels: { title: "Choose a label image", filters: images },
  table: {
    title: "Choose the table of the labels",
    filters: [{ name: "Tables of labels", extensions: ["tsv", "json", "xml", "txt", "lut"] }],
  },
  model: {
    title: "Choose a table of conditions by conditions",
    filters: [{ name: "Tables", extensions: ["tsv", "csv", "txt", "xlsx"] }],
  },
};

/** Answers what the window asks of datasets; opens studies for others. */
export function serveDatasets({ engine, grants, studies, example, background }: Context): {
  readonly example: () => Promise<Opened>;
  readonly study: (path: string) => Promise<Opened>;
} {
  let examining = new AbortController();
  let listing = new AbortController();

  /** What was refused because its axes can't be told: of no other place a table is written. */
  const untold = new Set<string>();

  async function open(path: string): Promise<Opened> {
    const dataset = await engine.call("open", [path, null]).catch((error: unknown) => {
      const fault = faultMessage(error);
      if (fault.code !== "array/axes-unknown") throw error;
      untold.add(path);
      // The fault names the first array of a folder; the window asks for what was opened.
      throw new SentFault({ ...fault, values: { ...fault.values, opened: path } });
    });
    examining.abort();
    await studies.add({ path: dataset.path, name: dataset.name });
    return { grant: grants.grant(dataset, new Map([["background", background(dataset)]])), dataset };
  }

  function refused(path: string): string {
    if (!untold.has(path)) throw new Fault("call/refused");
    return path;
  }

  serve("dataset.open", ({ path }) => open(path));
  serve("dataset.choose", async ({ what }) => {
    const { filePaths } = await dialog.showOpenDialog(
      what === "folder"
        ? { title: "Open a folder", properties: ["openDirectory"] }
        : { title: "Open a file", properties: ["openFile"] },
    );
    return filePaths[0] ? open(filePaths[0]) : null;
  });
  serve("arrays.list", ({ path }) => engine.call("axesQuestions", [refused(path)]));
  serve("arrays.tell", async (told) =>
    open(await engine.call("tellAxes", [{ ...told, path: refused(told.path) }])),
  );
  const openExample = async () => {
    const onProgress = (told: unknown) => tell("dataset.making", told as Payload<"dataset.making">);
    await engine.call("example", [example], { onProgress });
    return open(example);
  };
  serve("dataset.example", openExample);
  serve("dataset.examine", async ({ grant }) => {
    examining.abort();
    examining = new AbortController();
    const onProgress = (told: unknown) => {
      const { done, total } = told as { done: number; total: number };
      tell("dataset.examining", { grant, done, total });
    };
    return engine.call("examine", [grants.get(grant)], { signal: examining.signal, onProgress });
  });
  serve("dataset.recent", () => studies.recent());
  serve("plan.choose", async ({ grant, what }) => {
    const { folder } = grants.get(grant);
    const { filePaths } = await dialog.showOpenDialog({
      ...PLAN_DIALOGS[what],
      defaultPath: folder,
      properties: ["openFile"],
    });
    return filePaths[0] ? { path: planPath(folder, filePaths[0]) } : null;
  });
  serve("region.table", async ({ grant, path }) => {
    const dataset = grants.get(grant);
    const table = await engine.call("findTable", [dataset, path]);
    return { table: table === null ? null : planPath(dataset.folder, table) };
  });
  serve("region.list", async ({ plan }) => {
    listing.abort();
    listing = new AbortController();
    return engine.call("regions", [plan], { signal: listing.signal });
  });
  serve("dataset.remember", async ({ grant, choices }) => {
    await studies.choose(grants.get(grant), choices);
    return {};
  });
  serve("plan.suggest", async ({ grant }) => {
    const dataset = grants.get(grant);
    const plan = await engine.call("suggest", [dataset]);
    const choices = await studies.choicesOf(dataset);
    return choices === null ? plan : { ...plan, dataset: { ...plan.dataset, ...choices } };
  });
  return { example: openExample, study: open };
}

/** Relative to the dataset where it lies inside, so that a Plan moves with its dataset. */
export function planPath(folder: string, file: string): string {
  const inside = relative(folder, file);
  return inside.startsWith("..") || isAbsolute(inside) ? join(file) : inside.split(sep).join("/");
}
