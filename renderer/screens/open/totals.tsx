import { columnNoun } from "#app/contract/column-noun.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { bytes, count } from "#renderer/parts/numbers.ts";
import { storedBytes } from "#renderer/parts/stored-bytes.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** What of a dataset is used, in one line. */
export function Totals({ dataset }: { readonly dataset: Dataset }) {
  const examination = useStudy((study) => study.examination);
  const examining = useStudy((study) => study.examining);
  const leaveOut = usePlanDraft((draft) => draft.plan?.dataset.leaveOut);
  const { subjects, runs, files, space } = dataset;
  const kept = subjects.filter((subject) => !leaveOut?.subjects.includes(subject)).length;
  const keptRuns = runs.filter((run) => !leaveOut?.runs.includes(run)).length;
  const used = files.filter(
    ({ subject, run }) => !leaveOut?.subjects.includes(subject) && !leaveOut?.runs.includes(run),
  );
  const volumes = used.reduce((sum, file) => sum + file.volumes, 0);
  const size = storedBytes(used);
  const voxels = Math.max(0, ...(examination?.files.map((file) => file.voxels) ?? []));
  const masked = files.some(({ maskPath }) => maskPath !== null);
  const [first] = files;
  const { many } = first === undefined ? { many: "voxels" } : columnNoun(first.grid);
  const times = [...new Set(files.map((file) => file.repetitionTimeSeconds))];
  return (
    <p className="quiet totals">
      {kept} of {subjects.length} subjects · {keptRuns} of {runs.length} runs · {count(volumes)} volumes,{" "}
      {bytes(size)}
      {voxels > 0 && ` · ${count(voxels)} ${many}${masked ? " in the brain mask" : ""}`}
      {voxels === 0 && examining !== null && ` · counting ${many}`} · TR{" "}
      {times.some((time) => time !== null)
        ? `${times.map((time) => time ?? "unknown").join(", ")} s`
        : "unknown"}{" "}
      · space {space ?? "not named"}
    </p>
  );
}
