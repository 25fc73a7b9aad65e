import type { Dataset } from "#app/contract/dataset.ts";
import { bytes, duration } from "#renderer/parts/numbers.ts";
import { useDownloads } from "#renderer/state/downloads.ts";

/** Subjects that are not downloaded, each with its size, to be chosen and fetched; and how far that is. */
export function DownloadPanel({ dataset }: { readonly dataset: Dataset }) {
  const { wanted, state, progress, wrong, want, start, pause } = useDownloads();
  const subjects = [...new Set(dataset.absent.map(({ subject }) => subject))];
  if (subjects.length === 0 && wrong.length === 0) return null;
  const sizeOf = (names: readonly string[]) =>
    dataset.absent
      .filter(({ subject }) => names.includes(subject))
      .reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const fetching = state === "fetching";
  const toggle = (name: string) =>
    want(wanted.includes(name) ? wanted.filter((one) => one !== name) : [...wanted, name]);
  return (
    <section className="downloads" aria-label="Download">
      <h2>Not downloaded</h2>
      <p className="quiet">
        {subjects.length} of {dataset.subjects.length} subjects are known by name only,{" "}
        {bytes(sizeOf(subjects))} in all. They are left out until they are here.
      </p>
      <ul className="choices">
        {subjects.map((name) => (
          <li key={name}>
            <label className="keep">
              <input
                type="checkbox"
                checked={wanted.includes(name)}
                disabled={fetching}
                onChange={() => toggle(name)}
              />
              <span title={name}>{name}</span>
            </label>
            <span className="quiet">{bytes(sizeOf([name]))}</span>
          </li>
        ))}
      </ul>
      <p className="ways">
        {fetching ? (
          <button type="button" onClick={pause}>
            Pause
          </button>
        ) : (
          <>
            <button
              type="button"
              className="link"
              onClick={() => want(wanted.length === subjects.length ? [] : subjects)}
            >
              {wanted.length === subjects.length ? "None" : "All"}
            </button>
            <button
              type="button"
              className="primary"
              disabled={wanted.length === 0}
              onClick={() => void start()}
            >
              {state === "paused"
                ? "Go on"
                : `Download ${wanted.length === 0 ? "" : `${bytes(sizeOf(wanted))} `}`.trim()}
            </button>
          </>
        )}
      </p>
      {progress !== null && (
        <>
          <progress
            aria-label="Progress of the download"
            max={Math.max(1, progress.totalBytes)}
            value={progress.doneBytes}
          />
          <p className="quiet" aria-live="off">
            {bytes(progress.doneBytes)} of {bytes(progress.totalBytes)} · file {progress.doneFiles + 1} of{" "}
            {progress.totalFiles}
            {fetching && progress.bytesPerSecond !== null && ` · ${bytes(progress.bytesPerSecond)}/s`}
            {fetching &&
              progress.remainingSeconds !== null &&
              ` · ${duration(progress.remainingSeconds)} left`}
            {state === "paused" && " · paused, what arrived is kept"}
          </p>
        </>
      )}
      {wrong.map((text) => (
        <p className="wrong" role="alert" key={text}>
          ▲ {text}
        </p>
      ))}
    </section>
  );
}
