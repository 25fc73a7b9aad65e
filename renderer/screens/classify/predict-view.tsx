import { useEffect, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import type { FitRequest } from "#app/contract/condition-fit.ts";
import { fitSentence } from "#app/contract/result-sentence.ts";
import { progressText } from "#renderer/frame/progress-text.ts";
import { FitMap } from "#renderer/screens/classify/fit-map.tsx";
import { FitScores } from "#renderer/screens/classify/fit-scores.tsx";
import { useConditionFit } from "#renderer/state/condition-fit.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** Which condition each sample of a subject's run fits best, in the common space of the run shown. */
export function PredictView({ shown }: { readonly shown: RunDetail }) {
  const { plan, preparation } = shown;
  const { fitting, fit, wrong, other, choose, start, stop, forget } = useConditionFit();
  const chosen = useSelection((selection) => selection.subject);
  const runs = [...new Set(preparation.samples.map(({ run }) => run))];
  const tested = plan.protocol.name === "fit-test" ? plan.protocol.test : runs;
  const [asked, setRun] = useState(tested[0] ?? runs[0] ?? "");
  const [elsewhere, setElsewhere] = useState(false);
  const named = elsewhere && other !== null ? other.runs : runs;
  const run = named.includes(asked) ? asked : (named[0] ?? "");
  const [samples, setSamples] = useState<FitRequest["samples"]>("events");
  const [newSubject, setNewSubject] = useState(false);
  const [row, setRow] = useState(0);
  const subject = chosen ?? preparation.subjects[0] ?? "";
  // What was compared in another run's space says nothing of this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run is the reason.
  useEffect(() => forget, [shown.summary.run, forget]);
  return (
    <>
      <div className="row predict-ask">
        <span>{subject}</span>
        <select
          aria-label="Data to compare"
          value={elsewhere ? "other" : "own"}
          onChange={({ target }) => {
            if (target.value === "choose") void choose().then((chosen) => chosen && setElsewhere(true));
            else setElsewhere(target.value === "other");
          }}
        >
          <option value="own">of this dataset</option>
          {other !== null && <option value="other">of {other.name}</option>}
          <option value="choose">of another folder…</option>
        </select>
        <label>
          run{" "}
          <select value={run} onChange={(event) => setRun(event.target.value)}>
            {named.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          samples{" "}
          <select
            value={samples}
            onChange={(event) => setSamples(event.target.value as FitRequest["samples"])}
          >
            <option value="events">
              {plan.samples.classify.kind === "events" ? "means over events" : "those classified"}
            </option>
            {plan.samples.align.kind === "volumes" && <option value="volumes">every volume</option>}
          </select>
        </label>
        <label title="The space is built without the subject, who is then added to it.">
          <input
            type="checkbox"
            checked={newSubject}
            onChange={(event) => setNewSubject(event.target.checked)}
          />{" "}
          as a new subject
        </label>
        <span className="spring" />
        {fitting === null ? (
          <button
            type="button"
            className="primary"
            onClick={() => {
              setRow(0);
              const data = elsewhere && other !== null ? other.path : null;
              void start(plan, { subject, run, data, samples, newSubject });
            }}
          >
            Compare
          </button>
        ) : (
          <>
            <span className="quiet" role="status">
              {progressText(fitting.progress)}
            </span>
            <button type="button" onClick={() => void stop()}>
              Stop
            </button>
          </>
        )}
      </div>
      {wrong !== "" && <p className="wrong">▲ {wrong}</p>}
      {fit === null ? (
        <p className="quiet">
          {fitting === null &&
            "Compares each sample of one subject with the other subjects' mean pattern of every condition, in the common space. The subject's own labels are not used; where there are any they are shown beside."}
        </p>
      ) : (
        <>
          <p className="sentence">{fitSentence(fit)}</p>
          <div className="charts">
            <FitMap fit={fit} row={row} choose={setRow} />
            <FitScores fit={fit} row={row} />
          </div>
        </>
      )}
    </>
  );
}
