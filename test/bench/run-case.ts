import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { workedPlan } from "#app/cli/worked-plan.ts";
import { noCleaning } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { runInline } from "#app/linalg/task.ts";
import { prepare } from "#app/prepare/prepare.ts";
import { readRuns } from "#app/prepare/read-runs.ts";
import { writeLargeStudy } from "#test/dataset/large-study.ts";
import { noise } from "#test/linalg/noise.ts";
import { type Case, sherlock } from "./cases.ts";
import { largeStudy } from "./large-image.ts";
import { timed } from "./measure.ts";
import { openPymvpa } from "./open-pymvpa.ts";
import { scrub } from "./scrub.ts";
import { simulated } from "./simulated.ts";
import { startWindow } from "./start-window.ts";

/** What the process of one case says of itself. */
export interface Outcome {
  /** Of each warm run. */
  readonly seconds: readonly number[];
  readonly peakBytes: number;
}

const RUNS = 5;

/** Runs one case in this process, which should be new: its resident peak is the case's. */
export async function runCase(root: string, one: Case): Promise<Outcome> {
  if (one.name === "start") return startWindow(root, RUNS);
  if (one.name === "scrub") return scrub(root);
  if (one.name === "gather16") return once(await largeImageWork("gather16"));
  if (one.name === "recognise") return recognise();
  const seconds = await timed(RUNS, await work(root, one));
  return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

async function work(root: string, { name, subjects, rows, voxels }: Case): Promise<() => unknown> {
  if (["gunzip", "gather"].includes(name)) return largeImageWork(name);
  if (subjects === null || rows === null || voxels === null) return sherlockWork(root, name);
  if (name === "pymvpa") return openPymvpa(subjects, rows, voxels);
  const linalg = loadLinalg(root);
  if (name !== "hyperalignment") return kernelWork(linalg, name, rows, voxels);
  const data = simulated(linalg, subjects, rows, voxels);
  const parameters = hyperalignment.parameters.parse({});
  return () => runInline(hyperalignment.fit(data, parameters), hyperalignment.tasks, linalg);
}

/** Too long to be done six times. */
async function once(run: () => unknown): Promise<Outcome> {
  const started = performance.now();
  await run();
  const seconds = [(performance.now() - started) / 1000];
  return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Unpacking and gathering of a packed image as large as those of a whole film. */
async function largeImageWork(name: string): Promise<() => unknown> {
  const { folder, image, mask } = await largeStudy();
  if (name === "gunzip") return () => spawnSync("gunzip", ["-c", image], { stdio: "ignore" });
  const dataset = await bidsReader.describe(folder);
  const { indices } = await voxelsInside((dataset.files[0] as RunFile).grid, [mask]);
  const files = name === "gather" ? dataset.files.slice(0, 1) : dataset.files;
  return () => readRuns(files, indices, noCleaning);
}

function kernelWork(linalg: Linalg, name: string, rows: number, voxels: number): () => unknown {
  const a = noise(rows, voxels, 1);
  const square = noise(voxels, voxels, 2);
  const gram = linalg.gram(a);
  const kernels: Readonly<Record<string, () => unknown>> = {
    gemm: () => linalg.multiply(a, square),
    gram: () => linalg.gram(a),
    svd: () => linalg.svd(a),
    polar: () => polarFactor(linalg, a),
    eigen: () => linalg.eigenSymmetric(gram),
  };
  const kernel = kernels[name];
  if (kernel === undefined) throw new RangeError(`no kernel is called ${name}`);
  return kernel;
}

/** Opening, and preparing with the worked Plan, from files that the system has in its cache. */
async function sherlockWork(root: string, name: string): Promise<() => unknown> {
  const folder = sherlock(root);
  if (name === "open") return () => bidsReader.describe(folder);
  const plan = Plan.parse(JSON.parse(workedPlan));
  const dataset = await bidsReader.describe(folder);
  return () => prepare(dataset, { ...plan, dataset: { ...plan.dataset, path: folder } });
}

/** Opening 50 subjects of a hundred files each, which the system has in its cache. */
async function recognise(): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "concord-large-"));
  try {
    await writeLargeStudy(folder, 50);
    const seconds = await timed(RUNS, () => describeDataset(folder));
    return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
