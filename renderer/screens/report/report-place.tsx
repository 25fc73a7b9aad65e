import { useEffect, useState } from "react";
import { bridge } from "#renderer/bridge.ts";
import { csvOf, saveText } from "#renderer/parts/save.ts";
import { useRuns } from "#renderer/state/runs.ts";
import "./report.css";

/** The report as it will be, and its exports. */
export function ReportPlace() {
  const shown = useRuns((runs) => runs.shown);
  const [html, setHtml] = useState("");
  const [wrong, setWrong] = useState("");
  const run = shown?.summary.run ?? "";
  useEffect(() => {
    let stale = false;
    setHtml("");
    setWrong("");
    if (run === "") return;
    void bridge.call("run.report", { run }).then((answer) => {
      if (stale) return;
      if (answer.ok) setHtml(answer.value.html);
      else setWrong(answer.fault.text);
    });
    return () => {
      stale = true;
    };
  }, [run]);
  if (shown === null) return null;
  const { result, plan, preparation, folder } = shown;
  const predictions = () =>
    csvOf(
      ["method", "fold", "subject", "run", "onset_s", "label", "predicted"],
      Object.entries(result.predictions).flatMap(([method, list]) =>
        (list ?? []).map((one) => [
          method,
          one.fold,
          one.subject,
          preparation.samples[one.row]?.run ?? "",
          preparation.samples[one.row]?.onset ?? "",
          result.classes[one.label] ?? "",
          result.classes[one.predicted] ?? "",
        ]),
      ),
    );
  return (
    <section aria-label="Report" className="report">
      <div className="heading">
        <h1>Report</h1>
        <span className="spring" />
        <button type="button" disabled={html === ""} onClick={() => void saveText("report.html", html)}>
          Save report…
        </button>
        <button type="button" onClick={() => void saveText("predictions.csv", predictions())}>
          Save predictions…
        </button>
        <button
          type="button"
          onClick={() => void saveText("plan.json", `${JSON.stringify(plan, null, 2)}\n`)}
        >
          Save Plan…
        </button>
        <button type="button" onClick={() => void bridge.call("run.reveal", { run })}>
          Show results folder
        </button>
      </div>
      <p className="wrong" role="alert">
        {wrong && `▲ ${wrong}`}
      </p>
      {wrong !== "" ? null : html === "" ? (
        <p className="quiet">Reading the report.</p>
      ) : (
        <iframe title="Report" sandbox="" srcDoc={html} />
      )}
      <p className="quiet path" title={folder}>
        {folder}
      </p>
    </section>
  );
}
