import { applyTask } from "#app/align/align-tasks.ts";
import type { Aligner, Alignment, AlignSubject } from "#app/align/aligner.ts";
import { placesAt } from "#app/align/searchlights.ts";
import type { Transform } from "#app/align/transform.ts";
import type { AlignInput, MovedRows } from "#app/evaluate/align-method.ts";
import type { Values } from "#app/linalg/matrix.ts";
import { renamed, type Staged } from "#app/linalg/task.ts";
import { rowsToAlign } from "./connectivity.ts";
import { type Cut, inPieces } from "./in-pieces.ts";
import type { FittedSpace } from "./kept-space.ts";

/** So many transforms of subjects who come to a space on their own are in memory. */
const MOVED_AT_ONCE = 2;

/** Subjects and transforms in the order of the input. */
export interface Fitted extends MovedRows, Pick<FittedSpace, "subjects" | "alignment"> {
  /** Those who made the space. */
  readonly makers: readonly AlignSubject[];
}

/** Fits a method, as it is cut, to those who make the space, and moves what is held of all of them. */
export function* fitAndMove(
  aligner: Aligner,
  parameters: unknown,
  cut: Cut,
  { samples, voxels, held, labelled, leftOut = null }: AlignInput,
  /** Whether transforms are asked for after they were applied. */
  keeps: boolean,
): Staged<Fitted> {
  const { places } = cut.space;
  const subjects = samples.map((matrix, at) => {
    const own = voxels[at] as Int32Array;
    const subject = {
      samples: matrix,
      voxels: own,
      places: places === null ? null : placesAt(places, own),
    };
    const rows = aligner.usesLabels ? labelled(at) : null;
    if (rows === null) return subject;
    return { ...subject, labelled: { samples: rows.samples, codes: Int32Array.from(rows.codes) } };
  });
  const fitted = subjects.filter((_, at) => at !== leftOut);
  const newcomers = subjects.filter((_, at) => at === leftOut);
  const used = yield* inPieces(aligner, fitted, cut);
  const all = yield* rowsToAlign(fitted, newcomers, cut);
  const rows = all.slice(0, fitted.length);
  const own = <Result>(staged: Staged<Result>) => renamed(staged, (task) => `${used.name}/${task}`);
  const inOrder = [...rows];
  if (leftOut !== null) inOrder.splice(leftOut, 0, all.at(-1) as AlignSubject);
  const add = (space: Alignment, subject: AlignSubject) => own(used.addSubject(space, subject, parameters));
  const { begin } = used;
  if (begin === undefined || keeps) {
    const found = yield* own(used.fit(rows, parameters));
    const transforms = [...found.transforms];
    if (leftOut !== null) transforms.splice(leftOut, 0, yield* add(found, inOrder[leftOut] as AlignSubject));
    const moved = yield* movedBy(transforms, held, 0);
    return fittedOf(found, { moved, subjects: inOrder, makers: rows, transforms });
  }
  // Subjects come to the space on their own: a transform that nobody asks for is let go of when it was applied.
  const found = yield* own(begin(rows, parameters));
  const moved: (readonly Values[])[] = [];
  for (let first = 0; first < inOrder.length; first += MOVED_AT_ONCE) {
    const transforms: Transform[] = [];
    for (const subject of inOrder.slice(first, first + MOVED_AT_ONCE))
      transforms.push(yield* add(found, subject));
    moved.push(...(yield* movedBy(transforms, held, first)));
  }
  return fittedOf(found, { moved, subjects: inOrder, makers: rows, transforms: [] });
}

/** The rows to move of these subjects, from the first of them on. */
function* movedBy(
  transforms: readonly Transform[],
  held: AlignInput["held"],
  first: number,
): Staged<MovedRows["moved"]> {
  return (yield transforms.map((transform, at) =>
    applyTask({ transform, samples: held(first + at) }),
  )) as MovedRows["moved"];
}

function fittedOf(
  alignment: Alignment,
  { transforms, ...found }: Pick<Fitted, "moved" | "subjects" | "makers"> & Pick<Alignment, "transforms">,
): Fitted {
  const { columns } = alignment;
  const weights = columns.kind === "components" ? columns.weights : null;
  return { ...found, weights, alignment: { ...alignment, transforms } };
}
