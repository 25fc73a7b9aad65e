import { choiceSentence, resultSentence, segmentSentence } from "#app/contract/result-sentence.ts";
import { count } from "#renderer/parts/numbers.ts";
import { AccuracyChart } from "#renderer/screens/classify/accuracy-chart.tsx";
import { ConfusionMatrix } from "#renderer/screens/classify/confusion-matrix.tsx";
import { SamplesOfCell } from "#renderer/screens/classify/samples-of-cell.tsx";
import { useRuns } from "#renderer/state/runs.ts";
import { useSelection } from "#renderer/state/selection.ts";
import "./classify.css";

/** What alignment did for classification between subjects. */
export function ClassifyPlace() {
  const shown = useRuns((runs) => runs.shown);
  const { subject, select } = useSelection();
  if (shown === null) return null;
  const { result, preparation, summary } = shown;
  const between = result.accuracy.aligned ?? result.accuracy.anatomical;
  const kind =
    between === null ? [] : [between.claim, ...(between.scheme === null ? [] : [`scheme ${between.scheme}`])];
  return (
    <section aria-label="Classification" className="classify">
      <div className="heading">
        <h1>Classify</h1>
        <span className="quiet">
          {[
            `${summary.method} of ${summary.datasetName}`,
            `${count(preparation.voxels)} voxels`,
            ...kind,
          ].join(" · ")}
        </span>
        <span className="spring" />
        <label className="quiet">
          Subject{" "}
          <select
            aria-label="Subject"
            value={subject ?? ""}
            onChange={(event) => select({ subject: event.target.value || null })}
          >
            <option value="">all</option>
            {preparation.subjects.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <p className="sentence">
        {[resultSentence(result), segmentSentence(result), choiceSentence(result)].filter(Boolean).join(" ")}
      </p>
      <div className="charts">
        <AccuracyChart result={result} />
        <ConfusionMatrix result={result} />
      </div>
      <SamplesOfCell result={result} preparation={preparation} />
    </section>
  );
}
