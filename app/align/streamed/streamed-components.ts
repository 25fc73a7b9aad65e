import type { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, sum, zeros } from "#app/linalg/matrix.ts";
import { renamed, type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import type { PanelFile } from "#app/scratch/panel-file.ts";
import { type PanelSpan, panelSpans } from "#app/scratch/panel-spans.ts";
import type { Aligner, Alignment, AlignSubject } from "../aligner.ts";
import type { Transform } from "../transform.ts";
import type { RowSpan } from "./panel-fit.ts";
import { centredPanel, doublePanel, gramsOf } from "./panel-products.ts";

/** X ↦ (X − a)·(A − a)ᵀ·coefficients for the subject's samples A (T × V, in a file) and their means a: T × k of memory. */
export interface ComponentTransform {
  readonly samples: PanelFile;
  readonly coefficients: Matrix;
}

/** A common space of components, and every subject's transform to it. */
export interface ComponentAlignment extends Pick<Alignment, "commonSpace" | "columns" | "course"> {
  readonly transforms: readonly ComponentTransform[];
}

interface LoadInput {
  readonly samples: PanelFile;
  readonly rows: PanelFile;
  readonly span: PanelSpan;
}

interface CoefficientsInput {
  readonly span: RowSpan;
  readonly map: Transform;
}

export const componentTasks: TaskTable = {
  "components-coefficients": taskCode((linalg, { span, map }: CoefficientsInput) => {
    if (map.map.kind !== "dense") throw new RangeError("components come of a matrix");
    return linalg.multiply(padded(span.weights), map.map.matrix);
  }),
  "components-load": taskCode(load),
  "components-turn": taskCode((linalg, [loaded, coefficients]: readonly [Matrix, Matrix]) =>
    linalg.multiply(loaded, coefficients),
  ),
};

/**
 * A method whose common space has components, of subjects whose samples lie in files. Such a method sees of centred samples
 * A = root·Bᵀ (T × V, B orthonormal) nothing but what their root (T × r) has: a map of the root's columns is one of the
 * voxels, by B = Aᵀ·weights. What it fits to the roots is exact, and neither A nor a map of V rows is in memory.
 */
export function* streamedComponents<Schema extends z.ZodType>(
  aligner: Aligner<Schema>,
  subjects: readonly PanelFile[],
  parameters: z.output<Schema>,
): Staged<ComponentAlignment> {
  const [{ columns: voxels }] = subjects as readonly [PanelFile];
  const grams = yield* gramsOf(subjects);
  const spans = (yield grams.map(
    (gram): Task => ({ name: "streamed-span", input: { gram, voxels } }),
  )) as readonly RowSpan[];
  const roots = spans.map(({ root }): AlignSubject => {
    const samples = padded(root);
    return { samples, rootOf: voxels, voxels: range(0, samples.columns), places: null };
  });
  const fit = aligner.fit(roots, parameters);
  const alignment = yield* renamed(fit, (task) => `${aligner.name}/${task}`);
  const coefficients = (yield alignment.transforms.map((map, at): Task => {
    const input: CoefficientsInput = { span: spans[at] as RowSpan, map };
    return { name: "components-coefficients", input };
  })) as readonly Matrix[];
  const { commonSpace, columns, course } = alignment;
  return {
    commonSpace,
    columns,
    ...(course === undefined ? {} : { course }),
    transforms: coefficients.map((own, at) => ({ samples: subjects[at] as PanelFile, coefficients: own })),
  };
}

/** T × r as T × T: of no directions that voxels do not have, but as many columns as all samples would have. */
function padded({ rows, columns, data }: Matrix): Matrix {
  if (columns === rows) return { rows, columns, data };
  const out = zeros(rows, rows);
  for (let row = 0; row < rows; row++)
    out.data.set(data.subarray(row * columns, (row + 1) * columns), row * rows);
  return out;
}

/** The subject's rows (n × V, in a file) in the common space, n × k. */
export function* applyComponents(
  { samples, coefficients }: ComponentTransform,
  rows: PanelFile,
): Staged<Matrix> {
  const parts = (yield panelSpans(rows).map((span): Task => {
    const input: LoadInput = { samples, rows, span };
    return { name: "components-load", input };
  })) as readonly Matrix[];
  return ((yield [{ name: "components-turn", input: [sum(parts), coefficients] }]) as readonly [Matrix])[0];
}

/** (X − a)·(A − a)ᵀ over the span, n × T. */
function load(linalg: Linalg, { samples, rows, span }: LoadInput): Matrix {
  const out = zeros(rows.rows, samples.rows);
  for (let panel = span.from; panel < span.to; panel++) {
    const { matrix, means } = centredPanel(linalg, samples, panel);
    linalg.addProduct(out, lessOffsets(doublePanel(rows, panel), means), matrix, { right: true });
  }
  return out;
}
