import { type Random, randomOf } from "#app/linalg/random.ts";
import { type ExampleSubject, LATENT, recorded } from "./example-subject.ts";
import { responseBasis } from "./haemodynamics.ts";

/** The size of the example film: two halves, each with scenes of its own. */
export const film = {
  subjects: 8,
  runs: 2,
  repetitionTimeSeconds: 1.5,
  volumes: 300,
  firstOnsetSeconds: 9,
  /** Nothing is shown at the end, so that the last response is seen. */
  lastSeconds: 12,
} as const;

export interface Scene {
  readonly onset: number;
  readonly duration: number;
  readonly label: string;
}

/** Scenes last so long, in seconds. */
const SHORTEST = 20;
const LONGEST = 48;
/** How much of the response is a scene's own from its beginning to its end; the rest goes on from moment to moment. */
const SCENE_SHARE = 0.45;
/** How long a moment lasts, in seconds. */
const MOMENT = 5;
/** A film's moments are weaker than blocks, and are seen once. */
const STRENGTH = 2.1;

/** The scenes of a half, numbered on from the half before. */
export function scenesOf(seed: number, run: number): Scene[] {
  const first = run === 1 ? 1 : scenesOf(seed, run - 1).length + 1;
  const random = randomOf(seed, `scenes ${run}`);
  const end = film.volumes * film.repetitionTimeSeconds - film.lastSeconds;
  const scenes: Scene[] = [];
  let onset: number = film.firstOnsetSeconds;
  while (end - onset >= SHORTEST) {
    const wanted = SHORTEST + (LONGEST - SHORTEST) * random.uniform();
    // What would be left over is too short to be a scene.
    const duration = end - onset - wanted < SHORTEST ? end - onset : Math.round(wanted);
    const label = `scene-${String(first + scenes.length).padStart(2, "0")}`;
    scenes.push({ onset, duration, label });
    onset += duration;
  }
  return scenes;
}

/** A half of the film as a subject's brain has it: volumes × voxels, row-major. */
export function filmRun(seed: number, subject: number, run: number, about: ExampleSubject): Float32Array {
  const courses = latentCourses(seed, run);
  const { volumes } = film;
  return recorded(about, { volumes, random: randomOf(seed, `noise ${subject} ${run}`) }, (voxel, signal) => {
    const parts = [1, about.delay[voxel] as number, about.dispersion[voxel] as number];
    for (let k = 0; k < LATENT; k++) {
      const weight = about.topography[voxel * LATENT + k] as number;
      if (weight === 0) continue;
      for (const [which, part] of parts.entries()) {
        const course = courses[which]?.[k] as Float64Array;
        for (let volume = 0; volume < volumes; volume++) {
          signal[volume] = (signal[volume] as number) + weight * part * (course[volume] as number);
        }
      }
    }
  });
}

/** What the film does to each direction of the shared space, as the canonical response, its delay and its dispersion see it. */
function latentCourses(seed: number, run: number): Float64Array[][] {
  const { volumes, repetitionTimeSeconds: tr } = film;
  const bases = responseBasis(0, tr, volumes, tr);
  const neural = Array.from({ length: LATENT }, (_, k) => neuralCourse(seed, run, k));
  return bases.map((basis) => neural.map((course) => convolved(course, basis)));
}

function neuralCourse(seed: number, run: number, k: number): Float64Array {
  const { volumes, repetitionTimeSeconds: tr } = film;
  const out = new Float64Array(volumes);
  const stay = Math.exp(-tr / MOMENT);
  const random: Random = randomOf(seed, `moments ${run} ${k}`);
  const scale = STRENGTH / Math.sqrt(LATENT);
  for (const { onset, duration, label } of scenesOf(seed, run)) {
    const own = randomOf(seed, `${label} ${k}`).gaussian();
    let moment = random.gaussian();
    const [from, to] = [onset, onset + duration].map((time) => Math.round(time / tr)) as [number, number];
    for (let volume = from; volume < Math.min(to, volumes); volume++) {
      out[volume] = scale * (SCENE_SHARE * own + (1 - SCENE_SHARE) * moment);
      moment = stay * moment + Math.sqrt(1 - stay ** 2) * random.gaussian();
    }
  }
  return out;
}

function convolved(course: Float64Array, kernel: Float64Array): Float64Array {
  const out = new Float64Array(course.length);
  for (let from = 0; from < course.length; from++) {
    const value = course[from] as number;
    if (value === 0) continue;
    for (let at = from; at < course.length; at++) {
      out[at] = (out[at] as number) + value * (kernel[at - from] as number);
    }
  }
  return out;
}
