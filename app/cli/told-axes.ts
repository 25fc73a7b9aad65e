import { InvalidArgumentError } from "commander";
import { Axis } from "#app/contract/arrays.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Engine } from "#app/run/engine.ts";

/** "time,voxels": what the axes of arrays are. */
export function readAxes(text: string): Axis[] {
  const axes = text.split(",").map((name) => Axis.safeParse(name.trim()));
  const told = axes.flatMap(({ data }) => data ?? []);
  const once = new Set(told).size === axes.length;
  if (!once || axes.length > 3 || !told.includes("time") || !told.includes("voxels")) {
    throw new InvalidArgumentError(
      "It must be time,voxels or another order of these, of three axes with subjects.",
    );
  }
  return told;
}

export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds < 1000)) throw new InvalidArgumentError("It must be a time in seconds.");
  return seconds;
}

/**
 * Keeps what the axes of a file's or folder's arrays are, of those with so many axes; the path to be opened.
 * @throws Fault image/unreadable where there is no such array
 */
export async function keepAxes(
  engine: Engine,
  path: string,
  axes: readonly Axis[],
  trSeconds: number | null,
): Promise<string> {
  const shapes = (await engine.axesQuestions(path)).flatMap((question) => question.shapes);
  const answers = shapes.flatMap((shape) => (shape.length === axes.length ? [{ shape, axes }] : []));
  if (answers.length === 0) {
    throw new Fault("image/unreadable", { path, detail: `it holds no array with ${axes.length} axes` });
  }
  return engine.tellAxes({ path, answers, trSeconds });
}
