import { expect, test } from "vitest";
import { film, filmRun, scenesOf } from "#app/example/example-film.ts";
import { exampleSubject } from "#app/example/example-subject.ts";
import { ventralTemporal } from "#app/example/ventral-temporal.ts";

test("scenes follow each other through both halves, each long enough, numbered on and never shared", () => {
  const halves = [1, 2].map((run) => scenesOf(1, run));
  const end = film.volumes * film.repetitionTimeSeconds - film.lastSeconds;
  for (const scenes of halves) {
    expect(scenes[0]?.onset).toBe(film.firstOnsetSeconds);
    scenes.forEach(({ onset, duration }, at) => {
      expect(duration).toBeGreaterThanOrEqual(20);
      expect(onset + duration).toBe(scenes[at + 1]?.onset ?? end);
    });
  }
  const labels = halves.flat().map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels[0]).toBe("scene-01");
});

test("a half is the same for a seed, differs between subjects, and responds in the region alone", () => {
  const { grid, brain, responding: region } = ventralTemporal();
  // A few voxels are enough: the first of the region, and the first outside it.
  const kept = [region.indexOf(1), brain.findIndex((inside, at) => inside === 1 && region[at] === 0)];
  const few = brain.map((_, at) => (kept.includes(at) ? 1 : 0));
  const courseOf = (subject: number, inside: boolean) => {
    const about = exampleSubject(1, subject, { grid, brain: few, responding: region });
    const quiet = { ...about, noise: about.noise.map(() => 0), baseline: about.baseline.map(() => 0) };
    const values = filmRun(1, subject, 1, quiet);
    const at = about.voxels.findIndex((voxel) => (region[voxel] === 1) === inside);
    return Array.from({ length: film.volumes }, (_, volume) => values[volume * 2 + at] as number);
  };
  expect(courseOf(1, true)).toStrictEqual(courseOf(1, true));
  expect(courseOf(1, true)).not.toStrictEqual(courseOf(2, true));
  // Without noise a voxel that does not respond only drifts: from volume to volume by little.
  const steps = (course: readonly number[]) =>
    Math.max(...course.slice(1).map((value, at) => Math.abs(value - (course[at] as number))));
  expect(steps(courseOf(1, false))).toBeLessThan(1);
  expect(steps(courseOf(1, true))).toBeGreaterThan(1);
});
