import { bytes, count } from "#renderer/parts/numbers.ts";
import { storedBytes } from "#renderer/parts/stored-bytes.ts";
import { useStudy } from "#renderer/state/study.ts";

/** How far the study is opened and its voxels are read, or what went wrong: one line that is always there. */
export function Reading() {
  const { busy, making, wrong, opened, examination, examining, examine } = useStudy();
  if (wrong !== "")
    return (
      <p className="reading wrong" role="alert">
        ▲ {wrong}
      </p>
    );
  const at = busy ? making : examining;
  if (busy || examining !== null)
    return (
      <p className="reading quiet">
        <progress
          aria-label={busy ? "Progress of opening" : "Progress of reading the voxels"}
          {...(at === null ? {} : { max: at.total, value: at.done })}
        />
        {busy ? "Opening." : `Reading voxels, ${at?.done ?? 0} of ${at?.total ?? 0} images.`}
      </p>
    );
  const problems = [...(opened?.dataset.problems ?? []), ...(examination?.problems ?? [])].filter(
    ({ severity }) => severity !== "note",
  ).length;
  const files = opened?.dataset.files ?? [];
  const odd = problems === 0 ? "nothing odd" : `${problems} odd`;
  if (examination === null && files.length > 0)
    return (
      <p className="reading quiet">
        {count(files.length)} headers read, {odd}. Reading {bytes(storedBytes(files))} of voxels takes a while
        and shows broken tails, dead voxels and values that are not numbers.
        <button type="button" onClick={() => void examine()}>
          Read the voxels
        </button>
      </p>
    );
  return (
    <p className="reading quiet">
      {count(files.length)} images read, {odd}.
    </p>
  );
}
