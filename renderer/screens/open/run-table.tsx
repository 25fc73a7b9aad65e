import { useMemo } from "react";
import { bytes, count } from "#renderer/parts/numbers.ts";
import { storedBytes } from "#renderer/parts/stored-bytes.ts";
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
  /** Null for the whole dataset again. */
  readonly onChoose: (cell: Cell | null) => void;
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
    storedBytes(
      [...dataset.files, ...dataset.absent]
        .filter((image) => image.subject === subject)
        .map(({ path, sizeBytes }) => ({ path, sizeBytes: sizeBytes ?? 0 })),
    );
  // Of one file that holds all of them, none has a size of its own.
  const inOneFile = dataset.absent.length === 0 && new Set(dataset.files.map(({ path }) => path)).size === 1;
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
            {!inOneFile && (
              <th scope="col" className="number">
                Size
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {dataset.subjects.map((subject) => (
            <tr key={subject} className={leaveOut?.subjects.includes(subject) ? "left-out" : ""}>
              <th scope="row">{box("subjects", subject)}</th>
              {dataset.runs.map((run) => {
                const { glyph, word, kind, file, absent } = states.of(subject, run);
                const time = file?.repetitionTimeSeconds ?? null;
                const isChosen = chosen?.subject === subject && chosen.run === run;
                return (
                  <td key={run} className={leaveOut?.runs.includes(run) ? "left-out" : ""}>
                    <button
                      type="button"
                      className="cell"
                      aria-pressed={isChosen}
                      onClick={() => onChoose(isChosen ? null : { subject, run })}
                    >
                      <span className={`state ${kind}`}>
                        {glyph} {word}
                      </span>
                      <span className="quiet">
                        {file !== null &&
                          (file.volumes === 1 ? "1 volume" : `${count(file.volumes)} volumes`)}
                        {times.size > 1 && time !== null && ` · ${time} s`}
                        {typeof absent?.sizeBytes === "number" && bytes(absent.sizeBytes)}
                      </span>
                    </button>
                  </td>
                );
              })}
              {!inOneFile && <td className="number quiet">{bytes(sizeOf(subject))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <Totals dataset={dataset} />
    </div>
  );
}
