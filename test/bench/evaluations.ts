import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Plan } from "#app/contract/plan.ts";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { compareCourses } from "#app/evaluate/held-out-courses.ts";
import { iscTasks } from "#app/evaluate/isc/isc-tasks.ts";
import { testIsc } from "#app/evaluate/isc/isc-test.ts";
import { planEvaluation } from "#app/evaluate/plan-evaluation.ts";
import { askAgain } from "#app/evaluate/redraw.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { single, stackRows, takeRows } from "#app/linalg/matrix.ts";
import { runInline } from "#app/linalg/task.ts";
import { drawWhole } from "#app/run/draw-labels.ts";
import { methodOf } from "#app/run/plan-method.ts";
import type { Pool } from "#app/run/pool.ts";
import { stored } from "#test/golden/archive.ts";
import { readNpz } from "#test/golden/npz.ts";
import type { Case } from "./cases.ts";
import { simulated } from "./simulated.ts";

const DRAWS = 1000;
const ROUND = 50;

/**
 * The nested analysis of PyMVPA's tutorial on data of its shapes: selection, hyperalignment, all baselines, eight folds.
 * Draws of labels are a thousand.
 */
export function tutorialWork(root: string, { name, voxels }: Case, pool: Pool): () => Promise<unknown> {
  const evaluation = tutorial(root, voxels as number);
  const { folds, plan } = evaluation;
  const space = spaceOf(evaluation);
  const align = methodOf(plan).over(space);
  const all = () => Promise.all(folds.map((fold) => pool.drive(evaluateFold(evaluation, fold, align))));
  if (name === "tutorial") return all;
  return async () => {
    const outcomes = name === "draws" ? await all() : [];
    const asked = folds.map((fold, at) => ({ fold, questions: outcomes[at]?.questions ?? [] }));
    for (let first = 0; first < DRAWS; first += ROUND) {
      const round = Array.from({ length: ROUND }, (_, at) => first + at);
      await pool.drive(
        name === "draws" ? askAgain(evaluation, asked, round) : drawWhole(evaluation, space, round),
      );
    }
  };
}

function tutorial(root: string, voxels: number): Evaluation {
  const linalg = loadLinalg(root);
  const archive = readNpz(readFileSync(join(root, "..", "shared", "data", "golden", "synth_category.npz")));
  const numbers = (name: string) => [...(archive.get(name)?.data ?? [])];
  const runs = numbers("runs").map((run) => `run-${run + 1}`);
  const names = [...new Set(runs)];
  const subjects = stored(archive, "X").map((samples) =>
    single(
      stackRows(
        names.map((name) => {
          const part = takeRows(
            samples,
            runs.flatMap((run, row) => (run === name ? [row] : [])),
          );
          linalg.zscore(part);
          return part;
        }),
      ),
    ),
  );
  const columns = subjects[0]?.columns as number;
  const plan = Plan.parse({
    version: 1,
    dataset: { path: "synth_category" },
    region: { kind: "brain" },
    samples: { align: { kind: "volumes" }, classify: { kind: "volumes" } },
    selection: voxels < columns ? { name: "anova", voxels } : null,
    method: { name: "hyperalignment" },
    protocol: { name: "leave-one-run-out" },
    classifier: { name: "linear-svm", cost: "pymvpa" },
    statistics: { permutations: { count: DRAWS } },
  });
  const samples = {
    subjects,
    runs,
    labels: numbers("labels").map(String),
    volumes: runs.map((run, row) => {
      const at = row - runs.indexOf(run);
      return [at, at + 1] as const;
    }),
  };
  return planEvaluation({
    plan,
    subjects: subjects.map((_, at) => `sub-${at + 1}`),
    runs: names.map((run) => ({ run, volumes: runs.filter((own) => own === run).length })),
    align: samples,
    classify: samples,
  });
}

function spaceOf({ align }: Evaluation) {
  const columns = align.subjects[0]?.columns as number;
  return {
    grid: { kind: "columns" as const, dimensions: [columns, 1, 1] as const, affine: [] },
    indices: Int32Array.from({ length: columns }, (_, at) => at),
    places: null,
    cortex: null,
  };
}

/** Time segments of ten rows of every subject, in this thread. */
export function segmentsWork(root: string, { subjects, rows, voxels }: Case): () => unknown {
  const linalg = loadLinalg(root);
  const data = simulated(linalg, subjects as number, rows as number, voxels as number);
  const samples = data.map((own) => own.samples);
  return () =>
    samples.map((_, subject) =>
      compareCourses(linalg, { subjects: samples, subject, runLengths: [rows as number], segment: 10 }),
    );
}

/** Inter-subject correlation against a thousand draws of phases, in this thread. */
export function phasesWork(root: string, { subjects, rows, voxels }: Case): () => unknown {
  const linalg = loadLinalg(root);
  const [count, length, width] = [subjects as number, rows as number, voxels as number];
  const samples = simulated(linalg, count, length, width).map((own) => own.samples);
  // Voxels × subjects × rows.
  const timeCourses = new Float32Array(width * count * length);
  const isc = new Float32Array(count * width);
  for (const [subject, { data }] of samples.entries()) {
    for (let voxel = 0; voxel < width; voxel++) {
      const start = (voxel * count + subject) * length;
      for (let row = 0; row < length; row++) timeCourses[start + row] = data[row * width + voxel] as number;
    }
  }
  const arrays = { patterns: new Float32Array(), isc, timeCourses, others: null };
  // Along a line.
  const neighbours = Int32Array.from({ length: 2 * (width - 1) }, (_, at) => (at + 1) >> 1);
  const input = { arrays, subjects: count, runLengths: [length], seed: 0, neighbours };
  return () =>
    runInline(
      testIsc({ test: "phase-randomisation", clusterP: 0.001, count: DRAWS }, input),
      iscTasks,
      linalg,
    );
}
