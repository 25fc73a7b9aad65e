import { useMemo } from "react";
import { bytes, count } from "#renderer/parts/numbers.ts";
import { FileStates } from "#renderer/screens/open/file-state.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";
import { Totals } from "./totals.tsx";

interface Cell {
  readonly subject: string;
  readonly run: string;
}
interface Props {
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell) => void;
}

/** Subjects down, runs across: what each image holds and whether it can be used, with boxes to leave them out. */
export function RunTable({ chosen, onChoose }: Props) {
  const dataset = useStudy((study) => study.opened?.dataset);
  const examination = useStudy((study) => study.examination);
  const leaveOut = usePlanDraft((draft) => draft.plan?.dataset.leaveOut);
  const change = usePlanDraft((draft) => draft.change);
  const states = useMemo(
    () => (dataset === undefined ? null : new FileStates(dataset, examination)),
    [dataset, examination],
  );
  if (dataset === undefined || states === null) return null;
  const toggle = (kind: "subjects" | "runs", name: string) =>
    change((plan) => {
      const out = plan.dataset.leaveOut[kind];
      const next = out.includes(name) ? out.filter((one) => one !== name) : [...out, name];
      return {
        ...plan,
        dataset: { ...plan.dataset, leaveOut: { ...plan.dataset.leaveOut, [kind]: next } },
      };
    });
  const box = (kind: "subjects" | "runs", name: string) => (
    <label className="keep">
      <input
        type="checkbox"
        checked={!(leaveOut?.[kind].includes(name) ?? false)}
        onChange={() => toggle(kind, name)}
      />
      <span title={name}>{name}</span>
    </label>
  );
  const times = new Set(dataset.files.map((file) => file.repetitionTimeSeconds));
  const sizeOf = (subject: string) =>
    [...dataset.files, ...dataset.absent]
      .filter((image) => image.subject === subject)
      .reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return (
    <div className="table-scroll">
      <table className="runs">
        <thead>
          <tr>
            <th scope="col">Subject</th>
            {dataset.runs.map((run) => (
              <th scope="col" key={run}>
                {box("runs", run)}
              </th>
            ))}
            <th scope="col" className="number">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {dataset.subjects.map((subject) => (
            <tr key={subject} className={leaveOut?.subjects.includes(subject) ? "left-out" : ""}>
              <th scope="row">{box("subjects", subject)}</th>
              {dataset.runs.map((run) => {
                const { glyph, word, kind, file, absent } = states.of(subject, run);
                const time = file?.repetitionTimeSeconds ?? null;
                return (
                  <td key={run} className={leaveOut?.runs.includes(run) ? "left-out" : ""}>
                    <button
                      type="button"
                      className="cell"
                      aria-pressed={chosen?.subject === subject && chosen.run === run}
                      onClick={() => onChoose({ subject, run })}
                    >
                      <span className={`state ${kind}`}>
                        {glyph} {word}
                      </span>
                      <span className="quiet">
                        {file !== null && `${count(file.volumes)} volumes`}
                        {times.size > 1 && time !== null && ` · ${time} s`}
                        {typeof absent?.sizeBytes === "number" && bytes(absent.sizeBytes)}
                      </span>
                    </button>
                  </td>
                );
              })}
              <td className="number quiet">{bytes(sizeOf(subject))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Totals dataset={dataset} />
    </div>
  );
}
