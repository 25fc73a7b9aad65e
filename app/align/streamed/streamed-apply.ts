import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, scaleAndShift, sum, zeros } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type PanelFile, writePanel } from "#app/scratch/panel-file.ts";
import { type PanelSpan, panelSpans } from "#app/scratch/panel-spans.ts";
import { centredPanel, doublePanel } from "./panel-products.ts";
import type { StreamedTransform } from "./streamed-alignment.ts";

interface ProjectInput {
  readonly transform: StreamedTransform;
  readonly rows: PanelFile;
  readonly span: PanelSpan;
}

interface TurnInput {
  readonly core: StreamedTransform["core"];
  readonly projected: readonly Matrix[];
}

interface MapInput extends ProjectInput {
  readonly along: readonly Matrix[];
  readonly out: PanelFile;
}

/** Applies a transform to rows of the subject's in a file, in two passes over it and over what the transform is made of. */
export const applyTasks: TaskTable = {
  "streamed-project": taskCode(project),
  "streamed-turn": taskCode((linalg, { core, projected }: TurnInput) =>
    (core[0] ?? []).map((_, side) =>
      sum(projected.map((one, at) => linalg.multiply(one, core[at]?.[side] as Matrix))),
    ),
  ),
  "streamed-map": taskCode(map),
};

/** The rows (n × V, in a file) in the common space, in `out`. */
export function* applyStreamed(transform: StreamedTransform, rows: PanelFile, out: PanelFile): Staged<void> {
  const spans = panelSpans(rows);
  const parts = (yield spans.map((span): Task => {
    const input: ProjectInput = { transform, rows, span };
    return { name: "streamed-project", input };
  })) as readonly (readonly Matrix[])[];
  const projected = transform.core.map((_, at) => sum(parts.map((part) => part[at] as Matrix)));
  const turning: TurnInput = { core: transform.core, projected };
  const [along] = (yield [{ name: "streamed-turn", input: turning }]) as readonly [readonly Matrix[]];
  yield spans.map((span): Task => {
    const input: MapInput = { transform, rows, along, out, span };
    return { name: "streamed-map", input };
  });
}

/** The rows, less the samples' means, times the rows on the subject's side of the map: n × T each. */
function project(linalg: Linalg, { transform, rows, span }: ProjectInput): Matrix[] {
  const { samples, core } = transform;
  const sums = core.map(() => zeros(rows.rows, samples.rows));
  for (let panel = span.from; panel < span.to; panel++) {
    const own = centredPanel(linalg, samples, panel);
    const held = lessOffsets(doublePanel(rows, panel), own.means);
    const sides = sidesOf(linalg, transform, panel, own.matrix);
    for (const [at, to] of sums.entries()) linalg.addProduct(to, held, sides[at] as Matrix, { right: true });
  }
  return sums;
}

function map(linalg: Linalg, { transform, rows, along, out, span }: MapInput): void {
  const { samples, space, identity, scale } = transform;
  for (let panel = span.from; panel < span.to; panel++) {
    const own = centredPanel(linalg, samples, panel);
    const common = centredPanel(linalg, space, panel);
    const held = lessOffsets(doublePanel(rows, panel), own.means);
    const found = identity ? held : zeros(held.rows, held.columns);
    const sides = along.length === 1 ? [common.matrix] : [own.matrix, common.matrix];
    for (const [at, one] of along.entries()) linalg.addProduct(found, one, sides[at] as Matrix);
    scaleAndShift(found, scale, common.means);
    writePanel(out, panel, linalg.single(found));
  }
}

/** The rows of a panel that the core's first index stands for. */
function sidesOf(linalg: Linalg, { core, space }: StreamedTransform, panel: number, own: Matrix): Matrix[] {
  return core.length === 1 ? [own] : [own, centredPanel(linalg, space, panel).matrix];
}
