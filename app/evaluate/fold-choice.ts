import type { VolumeSpan } from "#app/contract/run-part.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { ChoiceInput, RunLabels } from "./align-method.ts";
import { innerLabels } from "./inner-labels.ts";

/** Rows to fit to that parameters are chosen on, and how to take of them. */
export interface ChoiceRows {
  /** Of the kind aligned on, run by run (or part by part): by number, and the volumes of each. */
  readonly fitted: readonly number[];
  readonly fittedLengths: readonly number[];
  readonly fittedVolumes: readonly VolumeSpan[];
  /** Labelled rows of the same runs, by number, the run that each is of, and its volumes. */
  readonly labelled: readonly number[];
  readonly labelledRuns: readonly number[];
  readonly labelledVolumes: readonly VolumeSpan[];
  /** Of each subject who makes the space the voxels that all these rows choose. */
  readonly voxels: readonly Int32Array[];
  /** The best so many by some of the rows; null where their number is not chosen. */
  readonly best: ((among: RowsAmong) => Staged<(voxels: number) => readonly Int32Array[]>) | null;
  readonly samples: (maker: number, rows: readonly number[], voxels: Int32Array) => Matrix;
  readonly labels: (maker: number, labelled: readonly number[], voxels: Int32Array) => RunLabels | null;
}

interface RowsAmong {
  readonly fitted: readonly number[];
  readonly labelled: readonly number[];
}

/** What a method's parameters, and how many voxels are kept, are chosen on. */
export function choiceInput(all: ChoiceRows): ChoiceInput {
  const { fitted, fittedLengths, labelled, samples, labels } = all;
  return {
    runLengths: fittedLengths,
    *inner(fold) {
      const rowsAt = (places: readonly number[]) => places.map((at) => fitted[at] as number);
      const [fit, tried] = [rowsAt(fold.fit), rowsAt(fold.tried)];
      const aligned = { lengths: fittedLengths, volumes: all.fittedVolumes };
      const own = innerLabels(fold, aligned, { runs: all.labelledRuns, volumes: all.labelledVolumes });
      const among = own.map((at) => labelled[at] as number);
      const best = all.best === null ? null : yield* all.best({ fitted: fit, labelled: among });
      return (number) => {
        const voxels = number === null || best === null ? all.voxels : best(number);
        const of = (maker: number) => voxels[maker] as Int32Array;
        return {
          samples: voxels.map((_, maker) => samples(maker, fit, of(maker))),
          voxels,
          labelled: (maker) => labels(maker, among, of(maker)),
          tried: (maker) => samples(maker, tried, of(maker)),
        };
      };
    },
  };
}
