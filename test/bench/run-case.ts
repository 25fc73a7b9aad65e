import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
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
import { prepare } from "#app/prepare/prepare.ts";
import { readRuns } from "#app/prepare/read-runs.ts";
import { Pool } from "#app/run/pool.ts";
import { writeLargeStudy } from "#test/dataset/large-study.ts";
import { noise } from "#test/linalg/noise.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { type Case, isTutorial, isWholeBrain, sherlock } from "./cases.ts";
import { phasesWork, segmentsWork, tutorialWork } from "./evaluations.ts";
import { fitWork } from "./fits.ts";
import { largeStudy } from "./large-image.ts";
import { timed } from "./measure.ts";
import { wholeBrainWork } from "./whole-brain.ts";

/** What the process of one case says of itself. */
export interface Outcome {
  /** Of each warm run. */
  readonly seconds: readonly number[];
  readonly peakBytes: number;
}

const RUNS = 5;

/** Runs one case in this process, which should be new: its resident peak is the case's. */
export async function runCase(root: string, one: Case): Promise<Outcome> {
  // What drives a window or writes HDF5 is large: its memory is not to count as that of other cases.
  if (one.name === "start") return (await import("./start-window.ts")).startWindow(root, RUNS);
  if (one.name === "scrub") return (await import("./scrub.ts")).scrub(root);
  if (["gather", "gather16", "prepare"].includes(one.name)) return inThreads(root, one);
  if (isTutorial(one)) return tutorialCase(root, one);
  if (isWholeBrain(one)) return wholeBrainCase(root, one);
  if (one.name === "recognise") return recognise();
  const run = await work(root, one);
  if (one.name.startsWith("searchlights-") || one.name === "isc-phases") return once(run);
  const seconds = await timed(RUNS, run);
  return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

async function work(root: string, { name, subjects, rows, voxels }: Case): Promise<() => unknown> {
  if (name === "gunzip") {
    const { image } = await largeStudy();
    return () => spawnSync("gunzip", ["-c", image], { stdio: "ignore" });
  }
  if (name === "open") return () => bidsReader.describe(sherlock(root));
  if (subjects === null || rows === null || voxels === null)
    throw new RangeError(`no case is called ${name}`);
  if (name === "pymvpa") return (await import("./open-pymvpa.ts")).openPymvpa(subjects, rows, voxels);
  if (name === "isc-phases") return phasesWork(root, { name, subjects, rows, voxels });
  if (name === "time-segments") return segmentsWork(root, { name, subjects, rows, voxels });
  const linalg = loadLinalg(root);
  return fitWork(linalg, name, subjects, rows, voxels) ?? kernelWork(linalg, name, rows, voxels);
}

/** Too long to be done six times. */
async function once(run: () => unknown): Promise<Outcome> {
  const started = performance.now();
  await run();
  const seconds = [(performance.now() - started) / 1000];
  return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

/** What worker threads do: as many as there are cores. */
async function inThreads(root: string, { name }: Case): Promise<Outcome> {
  const threads = name === "gather" ? 1 : availableParallelism();
  const pool = new Pool(join(root, "out", "node", "worker.cjs"), root, threads);
  try {
    if (name === "gather16") return await once(await largeImageWork(name, pool));
    const work = name === "prepare" ? await sherlockWork(root, pool) : await largeImageWork(name, pool);
    const seconds = await timed(RUNS, work);
    return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await pool.close();
  }
}

/** In two threads; a thousand draws are not made six times. */
async function tutorialCase(root: string, one: Case): Promise<Outcome> {
  const pool = new Pool(join(root, "out", "node", "worker.cjs"), root, 2);
  try {
    const work = tutorialWork(root, one, pool);
    if (one.name !== "tutorial") return await once(work);
    return { seconds: await timed(RUNS, work), peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await pool.close();
  }
}

async function wholeBrainCase(root: string, one: Case): Promise<Outcome> {
  const pool = new Pool(join(root, "out", "node", "worker.cjs"), root, 2);
  try {
    return await once(wholeBrainWork(root, one, pool));
  } finally {
    await pool.close();
  }
}

/** Unpacking and gathering of a packed image as large as those of a whole film, or of 16 links to it. */
async function largeImageWork(name: string, pool: Pool): Promise<() => unknown> {
  const { folder, mask } = await largeStudy();
  const dataset = await bidsReader.describe(folder);
  const { indices } = await voxelsInside((dataset.files[0] as RunFile).grid, [mask]);
  const files = name === "gather" ? dataset.files.slice(0, 1) : dataset.files;
  return () => pool.drive(readRuns(files, indices, noCleaning));
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

/** Preparing with the worked Plan, from files that the system has in its cache. */
async function sherlockWork(root: string, runner: Pool): Promise<() => unknown> {
  const folder = sherlock(root);
  const plan = Plan.parse(JSON.parse(workedPlan));
  const dataset = await bidsReader.describe(folder);
  return () => prepare(dataset, { ...plan, dataset: { ...plan.dataset, path: folder } }, { runner });
}

/** Opening 50 subjects of a hundred files each, which the system has in its cache. */
async function recognise(): Promise<Outcome> {
  const folder = temporaryFolder("large");
  try {
    await writeLargeStudy(folder, 50);
    const seconds = await timed(RUNS, () => describeDataset(folder));
    return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
