import { cleansRows, readsConfounds } from "#app/contract/cleaning.ts";
import type { Citations } from "./citations.ts";
import { listed } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** How the time courses were cleaned and z-scored, a sentence a step, of what was done to at least one image. */
export function cleaningWords({ preparation: { cleaning } }: ReportInput, citations: Citations): string[] {
  const { smoothingMm, detrend, highPassHertz } = cleaning;
  return [
    ...(smoothingMm === null
      ? []
      : [`Images were smoothed with a Gaussian kernel of ${smoothingMm} mm full width at half maximum.`]),
    ...(cleansRows(cleaning)
      ? [
          `Time courses were cleaned run by run in the order and by the numerics of nilearn (${citations.cite("abraham2014")}).`,
        ]
      : []),
    ...(detrend === "none"
      ? []
      : [`${detrend === "linear" ? "Linear" : "Linear and quadratic"} trends were removed.`]),
    ...(highPassHertz === null
      ? []
      : [
          `Time courses were high-pass filtered at ${highPassHertz} Hz by a Butterworth filter of order 5, forwards and backwards.`,
        ]),
    ...(readsConfounds(cleaning) ? confoundsWords(cleaning, citations) : []),
    "Every voxel's time course was z-scored within each run.",
  ];
}

function confoundsWords(
  { confounds, scrubbing, detrend, highPassHertz }: ReportInput["preparation"]["cleaning"],
  citations: Citations,
): string[] {
  const { motion, csfWhiteMatter, compcor, globalSignal, cosines } = confounds;
  const expanded = "with their temporal derivatives and the squares of both";
  const regressed = [
    ...(motion === "6" ? ["6 motion parameters"] : []),
    ...(motion === "24" ? [`24 motion parameters (6 ${expanded}; ${citations.cite("friston1996")})`] : []),
    ...(csfWhiteMatter === "none"
      ? []
      : [
          `the mean signals of cerebrospinal fluid and white matter${csfWhiteMatter === "full" ? ` ${expanded}` : ""}`,
        ]),
    ...(globalSignal ? ["the global signal"] : []),
    ...(compcor === null
      ? []
      : [`the first ${compcor.components} anatomical CompCor components (${citations.cite("behzadi2007")})`]),
    ...(cosines ? ["fMRIPrep's cosine basis of slow drifts"] : []),
  ];
  const alike =
    detrend === "none" && highPassHertz === null
      ? ""
      : `, after the same ${listed([...(detrend === "none" ? [] : ["detrending"]), ...(highPassHertz === null ? [] : ["filtering"])])} as the data (${citations.cite("lindquist2019")})`;
  const above =
    scrubbing === null
      ? []
      : [
          `a framewise displacement above ${scrubbing.framewiseDisplacementMm} mm (${citations.cite("power2012")})`,
          ...(scrubbing.stdDvars === null ? [] : [`standardised DVARS above ${scrubbing.stdDvars}`]),
        ];
  return [
    ...(regressed.length === 0
      ? []
      : [`These confounds were regressed out by orthogonal projection${alike}: ${listed(regressed)}.`]),
    ...(scrubbing === null
      ? []
      : [
          `Volumes with ${above.join(" or ")}, or not in a steady state, were taken out of the fit by a regressor each and kept as samples.`,
        ]),
  ];
}
