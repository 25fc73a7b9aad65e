/**
 * `npm run bench`: measures each case in a process of its own, one after the other. With --recovery it draws instead how
 * well each method finds what is planted under more and more noise.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadLinalg } from "#app/linalg/load.ts";
import { type Case, chooseCases, isArithmetic, isTutorial, isWholeBrain, needsWindow } from "./cases.ts";
import { flopsOf } from "./flops.ts";
import { median } from "./measure.ts";
import { recoveryCurves } from "./recovery.ts";
import { recoveryPicture } from "./recovery-picture.ts";
import { recoveryTable } from "./recovery-table.ts";
import { type Outcome, runCase } from "./run-case.ts";
import { type Measurement, table } from "./table.ts";

const root = process.env.CONCORD_ROOT ?? process.cwd();
const { values: options } = parseArgs({
  options: {
    json: { type: "boolean" },
    only: { type: "string" },
    case: { type: "string" },
    recovery: { type: "boolean" },
  },
});

const best: Case = { name: "gemm", subjects: 1, rows: 1000, voxels: 1000 };

if (options.case !== undefined) {
  console.log(JSON.stringify(await runCase(root, JSON.parse(options.case))));
} else if (options.recovery) {
  const curves = recoveryCurves(loadLinalg(root));
  writeFileSync(join(root, "docs", "pictures", "recovery.svg"), recoveryPicture(curves));
  console.log(options.json ? JSON.stringify(curves) : recoveryTable(curves));
} else {
  const bestRate = (flopsOf(best) as number) / Math.min(...inOwnProcess(best).seconds);
  const measurements: Measurement[] = [];
  for (const one of chooseCases(root, options.only)) {
    if (!options.json) console.error(`${one.name} ${one.rows ?? ""} ${one.voxels ?? ""}`.trim());
    measurements.push(measure(one, bestRate));
  }
  console.log(options.json ? JSON.stringify(measurements) : table(measurements));
}

function measure(one: Case, bestRate: number): Measurement {
  const { seconds: all, peakBytes } = inOwnProcess(one);
  const seconds = median(all);
  const flops = flopsOf(one);
  const gemmShare = flops === null ? null : flops / seconds / bestRate;
  return {
    ...one,
    threads: isTutorial(one) || isWholeBrain(one) ? 2 : 1,
    precision: precisionOf(one),
    seconds,
    peakBytes,
    gemmShare,
  };
}

/** Volumes are gathered in single precision; there is no arithmetic in opening a folder, a file or a window. */
function precisionOf(one: Case): Measurement["precision"] {
  if (isArithmetic(one)) return "float64";
  return one.name === "prepare" ? "float32" : null;
}

/** A window needs a display: where there is none, one is made. */
function inOwnProcess(one: Case): Outcome {
  const command = [process.execPath, process.argv[1] as string, "--case", JSON.stringify(one)];
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (needsWindow(one) && process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY)
    command.unshift("xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1200x24");
  const [program = "", ...rest] = command;
  const { status, stdout, error } = spawnSync(program, rest, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`measuring ${one.name} failed`, { cause: error });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}
