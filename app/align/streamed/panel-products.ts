import type { Centred, Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, sum, zeros } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type PanelFile, readPanel } from "#app/scratch/panel-file.ts";
import { type PanelSpan, panelSpans } from "#app/scratch/panel-spans.ts";

interface GramInput {
  readonly file: PanelFile;
  readonly span: PanelSpan;
}

interface CrossInput {
  readonly left: PanelFile;
  readonly right: PanelFile;
  readonly span: PanelSpan;
}

/** Products over all columns of files, T × T: no more than a panel or two of them is in memory. */
export const panelTasks: TaskTable = {
  "panels-gram": taskCode((linalg, { file, span }: GramInput) => {
    const sum = zeros(file.rows, file.rows);
    for (let panel = span.from; panel < span.to; panel++)
      linalg.addGram(sum, centredPanel(linalg, file, panel).matrix);
    return sum;
  }),
  "panels-cross": taskCode((linalg, { left, right, span }: CrossInput) => {
    const sum = zeros(left.rows, right.rows);
    for (let panel = span.from; panel < span.to; panel++) {
      const [own, other] = [left, right].map((file) => centredPanel(linalg, file, panel).matrix);
      linalg.addProduct(sum, own as Matrix, other as Matrix, { right: true });
    }
    return sum;
  }),
};

/** A panel in double precision, each column without its mean. */
export function centredPanel(linalg: Linalg, file: PanelFile, panel: number): Centred {
  return linalg.centre(doublePanel(file, panel));
}

export function doublePanel(file: PanelFile, panel: number): Matrix {
  const { rows, columns, data } = readPanel(file, panel);
  return matrixFrom(rows, columns, data);
}

/** X·Xᵀ of the centred columns of each file, T × T. */
export function* gramsOf(files: readonly PanelFile[]): Staged<readonly Matrix[]> {
  const tasks = files.map((file) =>
    panelSpans(file).map(
      (span): Task => ({ name: "panels-gram", input: { file, span } satisfies GramInput }),
    ),
  );
  return yield* summed(tasks);
}

/** X·Yᵀ of the centred columns of each file and one other of the same columns, T × T. */
export function* crossesOf(files: readonly PanelFile[], other: PanelFile): Staged<readonly Matrix[]> {
  const tasks = files.map((left) =>
    panelSpans(left).map(
      (span): Task => ({ name: "panels-cross", input: { left, right: other, span } satisfies CrossInput }),
    ),
  );
  return yield* summed(tasks);
}

/** One after the other, so that the parts of one only are in memory. */
function* summed(tasks: readonly (readonly Task[])[]): Staged<readonly Matrix[]> {
  const found: Matrix[] = [];
  for (const own of tasks) found.push(sum((yield own) as readonly Matrix[]));
  return found;
}
