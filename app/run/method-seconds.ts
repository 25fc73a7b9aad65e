/** What a fit of subjects (T × V each) is counted by. */
interface FitSize {
  readonly subjects: number;
  readonly voxels: number;
  /** What hyperalignment of them takes. */
  readonly rotations: number;
}

type Cost = (size: FitSize) => number;

const timesRotations =
  (share: number): Cost =>
  ({ rotations }) =>
    share * rotations;

/** Of methods that hold a number for every pair of voxels, however many rows there are. */
const bySubject =
  (seconds: number, power: number): Cost =>
  ({ subjects, voxels }) =>
    subjects * seconds * voxels ** power;

/**
 * How long fits with the usual parameters took, of 8 subjects with 100 × 400, 300 × 300 and 60 × 113 samples, beside
 * hyperalignment (2026-11-28; within a factor of two of each). A method that is not listed is counted like it.
 */
const costs: Readonly<Record<string, Cost>> = {
  "weighted-mcca": timesRotations(0.13),
  srm: timesRotations(0.15),
  "deterministic-srm": timesRotations(0.12),
  "robust-srm": timesRotations(0.5),
  // Its planes between classes take as long however few the rows are.
  "semi-supervised-srm": ({ subjects, rotations }) => 0.03 * subjects + 0.15 * rotations,
  "generalised-procrustes": timesRotations(5.5),
  promises: bySubject(12e-9, 3),
  "pairwise-procrustes": timesRotations(0.3),
  ridge: timesRotations(0.5),
  warp: timesRotations(0.12),
  "individual-tuning": timesRotations(0.5),
  "optimal-transport": bySubject(62e-9, 2.3),
  "spectral-transport": bySubject(67e-9, 2.3),
  "fused-gromov-wasserstein": bySubject(110e-9, 2.7),
  "one-to-one-matching": bySubject(1e-9, 3),
  diagonal: timesRotations(0.35),
};

/** About how long one of these methods takes to fit, on average. */
export function methodSeconds(names: readonly string[], size: FitSize): number {
  const all = names.map((name) => (costs[name] ?? timesRotations(1))(size));
  return all.reduce((sum, seconds) => sum + seconds, 0) / all.length;
}
