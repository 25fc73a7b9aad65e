import { existsSync } from "node:fs";
import { join } from "node:path";

/** One thing that is measured; `rows` and `voxels` are those of one subject's samples, or of the one matrix. */
export interface Case {
  readonly name: string;
  readonly subjects: number | null;
  readonly rows: number | null;
  readonly voxels: number | null;
}

const matrix = { subjects: 1, rows: 1000, voxels: 1000 };
const study = { subjects: null, rows: null, voxels: null };

const everywhere: readonly Case[] = [
  { name: "gemm", ...matrix },
  { name: "gram", ...matrix },
  { name: "svd", ...matrix },
  { name: "polar", ...matrix },
  { name: "eigen", ...matrix },
  { name: "hyperalignment", subjects: 10, rows: 56, voxels: 500 },
  { name: "hyperalignment", subjects: 10, rows: 56, voxels: 3509 },
  { name: "hyperalignment", subjects: 10, rows: 300, voxels: 1000 },
  { name: "hyperalignment", subjects: 10, rows: 1000, voxels: 1000 },
  { name: "hyperalignment", subjects: 10, rows: 1000, voxels: 3509 },
  { name: "srm", subjects: 10, rows: 1000, voxels: 1000 },
  { name: "optimal-transport", subjects: 10, rows: 300, voxels: 500 },
  { name: "ridge", subjects: 10, rows: 300, voxels: 1000 },
  { name: "weighted-mcca", subjects: 16, rows: 946, voxels: 481 },
  { name: "searchlights-hyperalignment", subjects: 5, rows: 100, voxels: 4000 },
  { name: "searchlights-warp", subjects: 5, rows: 100, voxels: 4000 },
  { name: "time-segments", subjects: 16, rows: 946, voxels: 481 },
  { name: "isc-phases", subjects: 17, rows: 946, voxels: 481 },
  { name: "recognise", ...study },
];

/** Opening a file of PyMVPA, the start of the thread that reads it with it. */
const ofFiles: readonly Case[] = [{ name: "pymvpa", subjects: 10, rows: 56, voxels: 3509 }];

/** In two worker threads: PyMVPA's tutorial on 100 voxels and on all, and a thousand draws of its labels. */
const ofTutorial: readonly Case[] = [
  { name: "tutorial", subjects: 10, rows: 56, voxels: 100 },
  { name: "tutorial", subjects: 10, rows: 56, voxels: 3509 },
  { name: "draws", subjects: 10, rows: 56, voxels: 100 },
  { name: "draws-whole", subjects: 10, rows: 56, voxels: 100 },
];

/** In two worker threads, out of files. */
const ofWholeBrain: readonly Case[] = [{ name: "whole-brain", subjects: 16, rows: 1000, voxels: 60_000 }];

const ofSherlock: readonly Case[] = [
  { name: "open", ...study },
  { name: "prepare", ...study },
];

/** `gunzip -c` of one image to nowhere; its 481 voxels gathered; those of 16 links to it. */
const ofLargeImage: readonly Case[] = [
  { name: "gunzip", ...study },
  { name: "gather", ...study },
  { name: "gather16", ...study },
];

const ofWindow: readonly Case[] = [
  { name: "start", ...study },
  { name: "scrub", ...study },
];

/** Whether a case is arithmetic, of float64. */
export function isArithmetic({ name }: Case): boolean {
  return everywhere.some((one) => one.name === name);
}

/** Whether a case needs a window, and so a display. */
export function needsWindow({ name }: Case): boolean {
  return ofWindow.some((one) => one.name === name);
}

/** Whether a case is an analysis of the tutorial's data. */
export function isTutorial(one: Case): boolean {
  return ofTutorial.some(({ name }) => name === one.name);
}

/** Whether a case is of whole brains. */
export function isWholeBrain(one: Case): boolean {
  return ofWholeBrain.some(({ name }) => name === one.name);
}

/** The folder of the Sherlock data beside the project. */
export function sherlock(root: string): string {
  return join(root, "..", "shared", "data", "sherlock-pmc");
}

/** What can be measured here, all of it or what is called `only`; what can't is said on standard error. */
export function chooseCases(root: string, only: string | undefined): readonly Case[] {
  const all = [
    ...everywhere,
    ...ofFiles,
    ...ofTutorial,
    ...ofWholeBrain,
    ...ofSherlock,
    ...ofLargeImage,
    ...ofWindow,
  ];
  const chosen = all.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    throw new RangeError(`nothing is called ${only}; there are ${[...new Set(all.map(({ name }) => name))]}`);
  }
  if (existsSync(sherlock(root))) return chosen;
  return chosen.filter((one) => {
    if (!ofSherlock.includes(one) && !ofTutorial.includes(one)) return true;
    console.error(`${one.name}: left out, for ../shared/data is absent`);
    return false;
  });
}
