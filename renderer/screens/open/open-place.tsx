import { useState } from "react";
import { FilePanel } from "#renderer/screens/open/file-panel.tsx";
import { RunTable } from "#renderer/screens/open/run-table.tsx";
import { usePlace } from "#renderer/state/place.ts";
import { useStudy } from "#renderer/state/study.ts";
import "./open.css";

/** A way in, or what the open folder holds. */
export function OpenPlace() {
  const { opened, busy, wrong, choose, example } = useStudy();
  const go = usePlace((state) => state.go);
  const [chosen, setChosen] = useState<{ subject: string; run: string } | null>(null);
  return (
    <section aria-label="Dataset" className="open">
      {opened === null ? (
        <Welcome />
      ) : (
        <>
          <div className="heading">
            <h1>{opened.dataset.name}</h1>
            <span className="spring" />
            <button type="button" disabled={busy} onClick={() => void choose()}>
              Open a folder…
            </button>
            <button type="button" disabled={busy} onClick={() => void example()}>
              Open the example study
            </button>
            <button type="button" className="primary" onClick={() => go("Align")}>
              Align
            </button>
          </div>
          <p className="wrong" role="alert">
            {wrong && `▲ ${wrong}`}
          </p>
          <div className="split">
            <RunTable chosen={chosen} onChoose={setChosen} />
            <FilePanel chosen={chosen} />
          </div>
        </>
      )}
    </section>
  );
}

function Welcome() {
  const { busy, wrong, recent, open, choose, example } = useStudy();
  return (
    <div className="welcome">
      <h1>Open a study</h1>
      <div className="drop">
        <p>
          <strong>Drop a folder here</strong>
        </p>
        <p className="quiet">fMRIPrep derivatives, or a BIDS-like folder of preprocessed NIfTI images.</p>
        <p>
          <button type="button" className="primary" disabled={busy} onClick={() => void choose()}>
            Open a folder…
          </button>{" "}
          <button type="button" disabled={busy} onClick={() => void example()}>
            Open the example study
          </button>
        </p>
      </div>
      <p className="wrong" role="alert">
        {wrong ? `▲ ${wrong}` : busy ? "" : ""}
      </p>
      <p className="quiet" aria-live="polite">
        {busy ? "◐ Opening. The example study is made the first time, which takes some seconds." : ""}
      </p>
      {recent.length > 0 && (
        <>
          <h2>Recent studies</h2>
          <ul className="recent">
            {recent.map(({ path, name }) => (
              <li key={path}>
                <button type="button" className="link" disabled={busy} onClick={() => void open(path)}>
                  {name}
                </button>
                <span className="quiet path" title={path}>
                  {path}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="quiet">
        The example study is simulated: eight subjects see seven kinds of objects in eight runs, each brain
        with a topography of its own.
      </p>
    </div>
  );
}
