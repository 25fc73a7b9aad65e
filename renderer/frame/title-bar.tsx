import { hint } from "#renderer/commands/command-table.ts";
import { RunMenu } from "#renderer/frame/run-menu.tsx";
import { ThemeMenu } from "#renderer/frame/theme-menu.tsx";
import { useDialog } from "#renderer/state/dialog.ts";
import { useStudy } from "#renderer/state/study.ts";

/** Where am I: the study, the run that is shown, and the look. */
export function TitleBar() {
  const dataset = useStudy((study) => study.opened?.dataset);
  const show = useDialog((dialog) => dialog.show);
  return (
    <header>
      <strong className="study-name" title={dataset?.path}>
        {dataset?.name ?? "Concord"}
      </strong>
      {dataset && (
        <span className="quiet path">
          {dataset.subjects.length} subjects · {dataset.runs.length} runs
          {dataset.space === null ? "" : ` · ${dataset.space}`}
        </span>
      )}
      <span className="spring" />
      <RunMenu />
      <button
        type="button"
        className="icon"
        aria-label="Shortcuts"
        title={hint("help.shortcuts")}
        onClick={() => show("shortcuts")}
      >
        ?
      </button>
      <ThemeMenu />
    </header>
  );
}
