import { columnNoun } from "#app/contract/column-noun.ts";
import type { Dataset, Grid, Problem } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { bytes, count } from "#renderer/parts/numbers.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";
import { DownloadPanel } from "./download-panel.tsx";
import { LeftOut } from "./left-out.tsx";

interface Props {
  readonly chosen: { readonly subject: string; readonly run: string } | null;
}

/** The chosen image's facts, or all that is odd, with the buttons that mend it. */
export function FilePanel({ chosen }: Props) {
  const dataset = useStudy((study) => study.opened?.dataset);
  const examination = useStudy((study) => study.examination);
  const examining = useStudy((study) => study.examining);
  if (dataset === undefined) return null;
  const all = [...dataset.problems, ...(examination?.problems ?? [])];
  const own =
    chosen === null ? all : all.filter((one) => one.subject === chosen.subject && one.run === chosen.run);
  const file = dataset.files.find((one) => one.subject === chosen?.subject && one.run === chosen.run);
  const found = examination?.files.find((one) => one.subject === chosen?.subject && one.run === chosen.run);
  const facts = chosen === null ? [] : participantWords(dataset.participants[chosen.subject]);
  return (
    <aside className="panel">
      {chosen === null && <DownloadPanel dataset={dataset} />}
      <h2>{chosen === null ? "What is odd" : `${chosen.subject}, ${chosen.run}`}</h2>
      {file !== undefined && (
        <dl>
          {facts.length > 0 && (
            <>
              <dt>Participant</dt>
              <dd>{facts.join(", ")}</dd>
            </>
          )}
          <dt>Grid</dt>
          <dd>{gridWords(file.grid)}</dd>
          <dt>Volumes</dt>
          <dd>
            {count(file.volumes)}
            {found !== undefined && found.goodRows < file.volumes
              ? `, ${count(found.goodRows)} of them good`
              : ""}
          </dd>
          <dt>TR</dt>
          <dd>{file.repetitionTimeSeconds === null ? "unknown" : `${file.repetitionTimeSeconds} s`}</dd>
          <dt>Brain mask</dt>
          <dd>
            {file.maskPath === null ? "none" : found === undefined ? "…" : `${count(found.voxels)} voxels`}
          </dd>
          <dt>Constant, NaN</dt>
          <dd>
            {found === undefined
              ? "…"
              : `${found.constant}, ${found.nonFinite} ${columnNoun(file.grid).many}`}
          </dd>
          <dt>Events</dt>
          <dd>{file.eventsPath === null ? "none" : fileName(file.eventsPath)}</dd>
          {file.labels.length > 0 && (
            <>
              <dt>Labels</dt>
              <dd>{file.labels.map(({ name }) => name).join(", ")}</dd>
            </>
          )}
          <dt>Confounds</dt>
          <dd>{file.confoundsPath === null ? "none" : fileName(file.confoundsPath)}</dd>
          {file.treatments.length > 0 && (
            <>
              <dt>Was</dt>
              <dd>{file.treatments.join(", ")}</dd>
            </>
          )}
          <dt>Size</dt>
          <dd>{bytes(file.sizeBytes)}</dd>
          <dt>File</dt>
          <dd className="path" title={file.path}>
            {fileName(file.path)}
          </dd>
        </dl>
      )}
      {own.length === 0 && (
        <p className="quiet">
          {examining === null ? "● Nothing odd was found." : "Nothing odd so far; the voxels are being read."}
        </p>
      )}
      {chosen === null && <LeftOut dataset={dataset} problems={all} />}
      <ul className="problems">
        {gather(own).map(({ first, places }) => (
          <li key={`${places[0]} ${first.severity} ${first.text}`} className={first.severity}>
            <strong>
              {first.severity === "note" ? "Note" : `▲ ${first.severity === "error" ? "Problem" : "Warning"}`}
              {chosen === null && places.length > 0 && (
                <span title={places.join("\n")}> · {placesWords(places)}</span>
              )}
            </strong>
            <br />
            {first.text}
            {first.repair && <Repair repair={first.repair} subject={first.subject} run={first.run} />}
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** "age 31", "group patient": what is not n/a. */
function participantWords(facts: Dataset["participants"][string] | undefined): string[] {
  return Object.entries(facts ?? {}).flatMap(([name, value]) => (value === null ? [] : `${name} ${value}`));
}

interface Gathered {
  readonly first: Problem;
  /** "sub-01 run-1" of each it is about. */
  readonly places: readonly string[];
}

/** What is said alike of several images is said once, or once for each subject or run that would mend it. */
function gather(problems: readonly Problem[]): Gathered[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { severity, text, repair = "", subject, run } = problem;
    const own = repair === "leave-out-subject" ? subject : repair === "leave-out-run" ? run : "";
    const key = [severity, text, repair, own].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const places = alike.map(({ subject, run }) => [subject, run].filter(Boolean).join(" "));
    return [{ first, places: places.filter((place) => place !== "") }];
  });
}

function placesWords(places: readonly string[]): string {
  return places.length <= 2 ? places.join(", ") : `${places.length} images`;
}

/** "64 × 64 × 36 voxels", "20,484 vertices: left cortex 10,242, right cortex 10,242". */
function gridWords(grid: Grid): string {
  const { kind, dimensions, structures = [] } = grid;
  const { many } = columnNoun(grid);
  if (kind === "volume") return `${dimensions.join(" × ")} ${many}`;
  // Tens of structures are too many to read.
  const known =
    structures.length > 4 ? [] : structures.map(({ name, columns }) => `${name} ${count(columns)}`);
  return `${count(dimensions[0])} ${many}${known.length === 0 ? "" : `: ${known.join(", ")}`}`;
}

interface RepairProps {
  readonly repair: "leave-out-subject" | "leave-out-run" | "trim-to-common-rows";
  readonly subject: string | undefined;
  readonly run: string | undefined;
}

function Repair({ repair, subject = "", run = "" }: RepairProps) {
  const { plan, change } = usePlanDraft();
  if (plan === null) return null;
  const { leaveOut, repairs } = plan.dataset;
  const within = (next: Partial<Plan["dataset"]>) =>
    change((old) => ({ ...old, dataset: { ...old.dataset, ...next } }));
  const [done, label, mend] = {
    "trim-to-common-rows": [
      repairs.trimToCommonRows,
      "Trim all subjects to the common rows",
      () => within({ repairs: { trimToCommonRows: true } }),
    ] as const,
    "leave-out-subject": [
      leaveOut.subjects.includes(subject),
      `Leave ${subject} out`,
      () => within({ leaveOut: { ...leaveOut, subjects: [...leaveOut.subjects, subject] } }),
    ] as const,
    "leave-out-run": [
      leaveOut.runs.includes(run),
      `Leave ${run} out`,
      () => within({ leaveOut: { ...leaveOut, runs: [...leaveOut.runs, run] } }),
    ] as const,
  }[repair];
  return (
    <p>
      {done ? (
        <span className="state good">● Mended: {label.charAt(0).toLowerCase() + label.slice(1)}</span>
      ) : (
        <button type="button" onClick={mend}>
          {label}
        </button>
      )}
    </p>
  );
}
