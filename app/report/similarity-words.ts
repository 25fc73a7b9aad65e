import { reachSentence } from "#app/contract/reach-sentence.ts";
import { dissimilarityLabels } from "#app/contract/similarity.ts";
import type { Citations } from "./citations.ts";
import { fixed, grouped, listed, percent } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** How conditions were compared within subjects, with what models, and where on the brain they were told apart: sentences. */
export function similarityWords({ plan, result }: ReportInput, citations: Citations): string[] {
  const { similarity, searchlight, connectivity } = result;
  const words: string[] = [];
  if (similarity !== null) {
    const { anatomical, aligned } = similarity;
    const how = {
      correlation: () => "",
      euclidean: () => "",
      mahalanobis: () =>
        `, with the noise of the labelled samples aligned on, its covariance shrunk (${citations.cite("schafer2005")})`,
      crossnobis: () =>
        `, the differences of patterns held out times those of patterns aligned on (crossnobis; ${citations.cite("walther2016")}), in units of the noise of the latter, its covariance shrunk (${citations.cite("schafer2005")})`,
    }[similarity.dissimilarity]();
    const ceiling = ({ agreement }: typeof aligned) =>
      agreement === null ? null : `${mean(agreement.lower)} to ${mean(agreement.upper)}`;
    const [before, after] = [ceiling(anatomical), ceiling(aligned)];
    const ceilings =
      before === null || after === null
        ? ""
        : `; the noise ceiling of subjects' dissimilarities (Spearman's correlation with the mean of the others, and of all; ${citations.cite("nili2014")}) was ${before} before and ${after} after alignment`;
    words.push(
      `Within subjects, conditions were compared by the ${dissimilarityLabels[similarity.dissimilarity]} of their mean patterns held out${how}${ceilings}.`,
    );
    if (anatomical.models.length > 0) {
      const told = anatomical.models.map(
        ({ name, perSubject }, at) =>
          `${mean(perSubject)} before and ${mean(aligned.models[at]?.perSubject ?? [])} after for ${name}`,
      );
      words.push(
        `Subjects' dissimilarities were held against models (Spearman's correlation, mean over subjects): ${listed(told)}.`,
      );
    }
  }
  if (searchlight !== null) {
    const { spheres, radiusMm, before, after } = searchlight;
    const side = ({ mean: middle, highest }: typeof before) =>
      `${percent(middle)} on average and ${percent(highest)} at most`;
    words.push(
      `Conditions were also classified between subjects in each of ${grouped(spheres)} spheres of ${radiusMm} mm (${citations.cite("kriegeskorte2006")}): ${side(before)} on anatomical alignment${after === null ? "" : `, ${side(after)} after alignment`}. ${after === null ? "" : reachSentence(plan)}`.trimEnd(),
    );
  }
  if (connectivity !== null) {
    words.push(
      `Inter-subject functional connectivity (${citations.cite("simony2016")}) was measured between ${connectivity.patches.length} patches of the region, made of the voxels' places alone by k-means (seed ${plan.seed}).`,
    );
  }
  return words;
}

function mean(values: readonly (number | null)[]): string {
  const found = values.filter((value) => value !== null);
  return fixed(found.reduce((sum, value) => sum + value, 0) / found.length, 2);
}
