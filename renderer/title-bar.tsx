import { useState } from "react";
import { useRuns } from "#renderer/state/runs.ts";
import { useStudy } from "#renderer/state/study.ts";

const WORDS = { running: "running", done: "done", failed: "failed", cancelled: "cancelled" } as const;
const THEMES = ["system", "light", "dark"] as const;

/** Where am I: the study, the run that is shown, and the look. */
export function TitleBar() {
  const dataset = useStudy((study) => study.opened?.dataset);
  const { runs, shown, show } = useRuns();
  const [theme, setTheme] = useState<(typeof THEMES)[number]>("system");
  function look(next: (typeof THEMES)[number]) {
    setTheme(next);
    document.documentElement.style.colorScheme = next === "system" ? "light dark" : next;
  }
  return (
    <header>
      <strong className="study-name" title={dataset?.path}>
        {dataset?.name ?? "Concord"}
      </strong>
      {dataset && (
        <span className="quiet">
          {dataset.subjects.length} subjects · {dataset.runs.length} runs
          {dataset.space === null ? "" : ` · ${dataset.space}`}
        </span>
      )}
      <span className="spring" />
      <label className="quiet">
        Run{" "}
        <select
          aria-label="Run"
          value={shown?.summary.run ?? ""}
          disabled={runs.length === 0}
          onChange={(event) => void show(event.target.value)}
        >
          <option value="" disabled>
            {runs.length === 0 ? "none yet" : "choose"}
          </option>
          {runs.map(({ run, method, datasetName, started, state }) => (
            <option key={run} value={run} disabled={state !== "done"}>
              {`${method}, ${datasetName}, ${started.slice(0, 16).replace("T", " ")} (${WORDS[state]})`}
            </option>
          ))}
        </select>
      </label>
      <select
        aria-label="Look"
        value={theme}
        onChange={(event) => look(event.target.value as (typeof THEMES)[number])}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </header>
  );
}
