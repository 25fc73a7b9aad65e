import { useState } from "react";
import {
  choiceSentence,
  meaningSentence,
  permutationSentence,
  resultSentence,
  segmentSentence,
} from "#app/contract/result-sentence.ts";
import { count } from "#renderer/parts/numbers.ts";
import { AccuracyChart } from "#renderer/screens/classify/accuracy-chart.tsx";
import { BesideView } from "#renderer/screens/classify/beside-view.tsx";
import { ConfusionMatrix } from "#renderer/screens/classify/confusion-matrix.tsx";
import { FitView, hasFit } from "#renderer/screens/classify/fit-view.tsx";
import { PredictView } from "#renderer/screens/classify/predict-view.tsx";
import { SamplesOfCell } from "#renderer/screens/classify/samples-of-cell.tsx";
import { hasSegments, SegmentsView } from "#renderer/screens/classify/segments-view.tsx";
import { hasSimilarity, SimilarityView } from "#renderer/screens/classify/similarity-view.tsx";
import { hasStatistics, StatisticsView } from "#renderer/screens/classify/statistics-view.tsx";
import { useRuns } from "#renderer/state/runs.ts";
import { useSelection } from "#renderer/state/selection.ts";
import "./classify.css";

type View = "results" | "segments" | "statistics" | "similarity" | "fit" | "beside" | "predict";
const viewNames: Readonly<Record<View, string>> = {
  results: "Results",
  segments: "Segments",
  statistics: "Statistics",
  similarity: "Similarity",
  fit: "Fit",
  beside: "Beside",
  predict: "Predict",
};

/** What alignment did for classification between subjects. */
export function ClassifyPlace() {
  const shown = useRuns((runs) => runs.shown);
  const { subject, select } = useSelection();
  const [asked, setView] = useState<View>("results");
  if (shown === null) return null;
  const { result, preparation, summary } = shown;
  const views: readonly View[] = [
    "results",
    ...(hasSegments(shown) ? (["segments"] as const) : []),
    ...(hasStatistics(result) ? (["statistics"] as const) : []),
    ...(hasSimilarity(result) ? (["similarity"] as const) : []),
    ...(hasFit(result) ? (["fit"] as const) : []),
    "beside",
    "predict",
  ];
  const view = views.includes(asked) ? asked : "results";
  const between = result.accuracy.aligned ?? result.accuracy.anatomical;
  const kind =
    between === null ? [] : [between.claim, ...(between.scheme === null ? [] : [`scheme ${between.scheme}`])];
  const told = [
    `${summary.method} of ${summary.datasetName}`,
    `${count(preparation.voxels)} voxels`,
    ...kind,
  ].join(" · ");
  return (
    <section aria-label="Classification" className="classify">
      <div className="heading">
        <h1>Classify</h1>
        <span className="quiet told" title={told}>
          {told}
        </span>
        <span className="spring" />
        <fieldset className="choice" aria-label="View">
          {views.map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(name)}>
              {viewNames[name]}
            </button>
          ))}
        </fieldset>
        <label className="quiet">
          Subject{" "}
          <select
            aria-label="Subject"
            value={subject ?? ""}
            onChange={(event) => select({ subject: event.target.value || null })}
          >
            <option value="">{view === "predict" ? "first" : "all"}</option>
            {preparation.subjects.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      {view === "predict" && <PredictView shown={shown} />}
      {view === "segments" && <SegmentsView shown={shown} />}
      {view === "statistics" && <StatisticsView result={result} />}
      {view === "similarity" && <SimilarityView result={result} subjects={preparation.subjects} />}
      {view === "beside" && <BesideView key={shown.summary.run} shown={shown} />}
      {view === "fit" && <FitView result={result} />}
      {view === "results" && (
        <>
          <p className="sentence">
            {[
              resultSentence(result),
              permutationSentence(result),
              segmentSentence(result),
              choiceSentence(result),
              ...result.remarks,
            ]
              .filter(Boolean)
              .join(" ")}
          </p>
          <p className="quiet">{meaningSentence(result)}</p>
          <div className="charts">
            <AccuracyChart result={result} />
            <ConfusionMatrix result={result} />
          </div>
          <SamplesOfCell result={result} preparation={preparation} />
        </>
      )}
    </section>
  );
}
