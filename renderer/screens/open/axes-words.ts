import type { AxesQuestion, Axis } from "#app/contract/arrays.ts";
import { count } from "#renderer/parts/numbers.ts";

const NOUNS: Readonly<Record<Axis, readonly [one: string, many: string]>> = {
  time: ["volume", "volumes"],
  voxels: ["voxel", "voxels"],
  subjects: ["subject", "subjects"],
};

/** How long the axis at a place is: "20", or "18 to 20" where arrays differ. */
export function lengthWords({ shapes }: Pick<AxesQuestion, "shapes">, place: number): string {
  const lengths = shapes.map((shape) => shape[place] ?? 1);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return least === most ? count(least) : `${count(least)} to ${count(most)}`;
}

/** What follows of axes: "12 volumes of 20 voxels", "5 subjects, 25 volumes, 30 voxels", of several arrays of each. */
export function axesSentence(
  question: Pick<AxesQuestion, "shapes" | "count">,
  axes: readonly Axis[],
): string {
  const of = (axis: Axis): string => {
    const length = lengthWords(question, axes.indexOf(axis));
    return `${length} ${NOUNS[axis][length === "1" ? 0 : 1]}`;
  };
  const words = axes.includes("subjects")
    ? `${of("subjects")}, ${of("time")}, ${of("voxels")}`
    : `${of("time")} of ${of("voxels")}`;
  return question.count === 1 ? words : `${count(question.count)} arrays, in each ${words}`;
}
