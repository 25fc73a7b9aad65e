import { bytes, count } from "#renderer/parts/numbers.ts";
import { stateOf } from "#renderer/screens/open/file-state.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

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
  if (dataset === undefined) return null;
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
  const voxels = Math.max(0, ...(examination?.files.map((file) => file.voxels) ?? []));
  const kept = dataset.subjects.filter((subject) => !leaveOut?.subjects.includes(subject)).length;
  const keptRuns = dataset.runs.filter((run) => !leaveOut?.runs.includes(run)).length;
  const used = dataset.files.filter(
    ({ subject, run }) => !leaveOut?.subjects.includes(subject) && !leaveOut?.runs.includes(run),
  );
  const volumes = used.reduce((sum, file) => sum + file.volumes, 0);
  const size = used.reduce((sum, file) => sum + file.sizeBytes, 0);
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
          </tr>
        </thead>
        <tbody>
          {dataset.subjects.map((subject) => (
            <tr key={subject} className={leaveOut?.subjects.includes(subject) ? "left-out" : ""}>
              <th scope="row">{box("subjects", subject)}</th>
              {dataset.runs.map((run) => {
                const { glyph, word, kind } = stateOf(dataset, examination, subject, run);
                const file = dataset.files.find((one) => one.subject === subject && one.run === run);
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
                        {file === undefined ? "" : `${count(file.volumes)} volumes`}
                      </span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet totals">
        {kept} of {dataset.subjects.length} subjects · {keptRuns} of {dataset.runs.length} runs ·{" "}
        {count(volumes)} volumes, {bytes(size)} ·{" "}
        {voxels === 0 ? "counting voxels" : `${count(voxels)} voxels in the brain mask`} · TR{" "}
        {[...new Set(dataset.files.map((file) => file.repetitionTimeSeconds ?? "unknown"))].join(", ")} s
      </p>
    </div>
  );
}
