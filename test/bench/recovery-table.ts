import { type Curve, noiseLevels } from "./recovery.ts";

/** The curves as a table in Markdown: a line a method. */
export function recoveryTable(curves: readonly Curve[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["noise", ...noiseLevels]),
    line(["---", ...noiseLevels.map(() => "---")]),
    ...curves.map(({ name, shares }) => line([name, ...shares.map((share) => share.toFixed(3))])),
  ].join("\n");
}
