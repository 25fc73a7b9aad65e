import type { ArrayAt, AxesQuestion, Axis } from "#app/contract/arrays.ts";
import { guessAxes } from "./arrays/array-axes.ts";
import { kindOf } from "./arrays/array-images.ts";
import { shapeText } from "./arrays/stored-array.ts";

/**
 * What to ask a person of these arrays: one question for each shape; and one for the arrays of one kind (variables of
 * one name, files of one folder) that are alike in an axis, as where subjects differ in their voxels.
 */
export function axesQuestions(arrays: readonly ArrayAt[]): AxesQuestion[] {
  const kinds = grouped(arrays, ({ name, shape }) => `${shape.length} ${kindOf(name)}`);
  const groups = kinds.flatMap((kind) =>
    sharedAxes(kind).length > 0 ? [kind] : grouped(kind, ({ shape }) => shapeText(shape)),
  );
  return joined(groups).map(question);
}

function question(group: readonly ArrayAt[]): AxesQuestion {
  const example = group[0] as ArrayAt;
  const shapes = new Map(group.map(({ shape }) => [shapeText(shape), shape]));
  return { shapes: [...shapes.values()], count: group.length, example, preset: likelyAxes(group) };
}

/** What a name tells; else the one axis that all share, while others differ, is time; else the longest is voxels. */
function likelyAxes(group: readonly ArrayAt[]): readonly Axis[] {
  for (const { file, name, shape } of group) {
    const told = guessAxes(shape, name || (file.split("/").at(-1) ?? ""));
    if (told !== null) return told;
  }
  const [{ shape } = { shape: [] }] = group;
  const shared = sharedAxes(group);
  const time = shared.length === 1 && shape.length > 1 && group.length > 1 ? shared[0] : undefined;
  const left = shape.map((_, at) => at).filter((at) => at !== time);
  // Of two of one length the later: time × voxels is how NumPy's users have it.
  const extent = (at: number): number => Math.max(...group.map((array) => array.shape[at] ?? 0));
  left.sort((a, b) => extent(b) - extent(a) || b - a);
  const order: readonly Axis[] = time === undefined ? ["voxels", "time", "subjects"] : ["voxels", "subjects"];
  return shape.map((_, at) => (at === time ? "time" : (order[left.indexOf(at)] ?? "subjects")));
}

/** The axes in which arrays of as many axes have one length. */
function sharedAxes(arrays: readonly ArrayAt[]): number[] {
  const [first] = arrays;
  return (first?.shape ?? []).flatMap((extent, at) =>
    arrays.every(({ shape }) => shape[at] === extent) ? [at] : [],
  );
}

function grouped(arrays: readonly ArrayAt[], key: (array: ArrayAt) => string): ArrayAt[][] {
  const groups = new Map<string, ArrayAt[]>();
  for (const array of arrays) {
    const own = key(array);
    const group = groups.get(own);
    if (group === undefined) groups.set(own, [array]);
    else group.push(array);
  }
  return [...groups.values()];
}

/** Groups that have a shape in common are one: an answer is of a shape. */
function joined(groups: readonly ArrayAt[][]): ArrayAt[][] {
  const all: { readonly shapes: Set<string>; readonly arrays: ArrayAt[] }[] = [];
  for (const group of groups) {
    const shapes = new Set(group.map(({ shape }) => shapeText(shape)));
    const same = all.filter((one) => [...shapes].some((shape) => one.shapes.has(shape)));
    const [first, ...others] = same;
    if (first === undefined) {
      all.push({ shapes, arrays: [...group] });
      continue;
    }
    for (const one of [{ shapes, arrays: group }, ...others]) {
      for (const shape of one.shapes) first.shapes.add(shape);
      first.arrays.push(...one.arrays);
    }
    for (const one of others) all.splice(all.indexOf(one), 1);
  }
  return all.map(({ arrays }) => arrays);
}
