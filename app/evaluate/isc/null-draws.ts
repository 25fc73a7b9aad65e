import type { IscSettings } from "#app/contract/statistics.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, zeros } from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { type CrossSpectrum, drawnPhases, turnedCorrelations } from "./cross-spectrum.ts";
import { fisherZ } from "./isc.ts";

/** What draws are made of. */
export type NullSource =
  | {
      readonly kind: "phases";
      readonly test: "phase-randomisation" | "time-shift";
      /** Of each subject with the others. */
      readonly spectra: readonly CrossSpectrum[];
      readonly runLengths: readonly number[];
    }
  | {
      readonly kind: "subjects";
      readonly test: "sign-flip" | "bootstrap";
      /** Whether the draws are all combinations of signs, one after the other. */
      readonly exact: boolean;
      /** Subjects × V: their correlations. */
      readonly isc: Matrix;
    };

/** All combinations of signs where they are no more than would be drawn; null where draws are by chance. */
export function allSigns({ test, count }: IscSettings, subjects: number): number | null {
  return test === "sign-flip" && subjects < 31 && 2 ** subjects <= count ? 2 ** subjects : null;
}

export function isOfPhases(test: IscSettings["test"]): test is "phase-randomisation" | "time-shift" {
  return test === "phase-randomisation" || test === "time-shift";
}

/**
 * The group's correlation, by Fisher's z over subjects, in draws from a null distribution, draws × V: of phases or times of
 * each subject, the same for all voxels so that their neighbourhood stays (Lerner et al. 2011, doi
 * 10.1523/JNEUROSCI.3684-10.2011); of signs of subjects' correlations; or of subjects, less what was observed (Chen et al.
 * 2016, doi 10.1016/j.neuroimage.2016.05.023). In z; each draw has a seed of its own.
 */
export function nullDraws(
  linalg: Linalg,
  source: NullSource,
  seed: number,
  draws: readonly number[],
): Matrix {
  return source.kind === "phases" ? byPhases(linalg, source, seed, draws) : bySubjects(source, seed, draws);
}

function byPhases(
  linalg: Linalg,
  { test, spectra, runLengths }: Extract<NullSource, { kind: "phases" }>,
  seed: number,
  draws: readonly number[],
): Matrix {
  const columns = spectra[0]?.fixed.length ?? 0;
  const out = zeros(draws.length, columns);
  for (const [subject, spectrum] of spectra.entries()) {
    const phases = draws.flatMap((draw) =>
      drawnPhases(test, runLengths, randomOf(seed, `${test} of subject ${subject}, draw ${draw}`)),
    );
    const turned = turnedCorrelations(
      linalg,
      spectrum,
      matrixFrom(draws.length, spectrum.terms.rows, phases),
    );
    for (let at = 0; at < out.data.length; at++) {
      out.data[at] = (out.data[at] as number) + fisherZ(turned.data[at] as number) / spectra.length;
    }
  }
  return out;
}

function bySubjects(
  { test, isc, exact }: Extract<NullSource, { kind: "subjects" }>,
  seed: number,
  draws: readonly number[],
): Matrix {
  const { rows: subjects, columns } = isc;
  const z = isc.data.map(fisherZ);
  const out = zeros(draws.length, columns);
  for (const [at, draw] of draws.entries()) {
    const weights = new Float64Array(subjects);
    const random = randomOf(seed, `${test}, draw ${draw}`);
    for (let subject = 0; subject < subjects; subject++) {
      if (exact) weights[subject] = (draw >> subject) & 1 ? -1 : 1;
      else if (test === "sign-flip") weights[subject] = random.uniform() < 0.5 ? -1 : 1;
      else {
        const drawn = Math.floor(random.uniform() * subjects);
        weights[drawn] = (weights[drawn] as number) + 1;
        // Less what was observed.
        weights[subject] = (weights[subject] as number) - 1;
      }
    }
    for (let subject = 0; subject < subjects; subject++) {
      const weight = (weights[subject] as number) / subjects;
      for (let column = 0; column < columns; column++) {
        const to = at * columns + column;
        out.data[to] = (out.data[to] as number) + weight * (z[subject * columns + column] as number);
      }
    }
  }
  return out;
}
