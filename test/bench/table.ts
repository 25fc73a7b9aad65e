import type { Case } from "./cases.ts";

/** One line of the benchmark; `gemmShare` is the rate beside this machine's best matrix product. */
export interface Measurement extends Case {
  readonly threads: number;
  readonly precision: "float64" | "float32" | null;
  readonly seconds: number;
  readonly peakBytes: number;
  readonly gemmShare: number | null;
}

export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ name, subjects, rows, voxels, seconds, peakBytes, gemmShare }) => [
    name,
    subjects === null ? "" : `${subjects} × ${rows} × ${voxels}`,
    `${seconds.toPrecision(3)} s`,
    `${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
    gemmShare === null ? "" : `${(gemmShare * 100).toFixed(0)} %`,
  ]);
  const heads = ["", "subjects × rows × voxels", "median", "peak", "of GEMM"];
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
  return [heads, ...rows].map((cells) => line(cells).join("  ").trimEnd()).join("\n");
}
