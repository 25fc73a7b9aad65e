import { useState } from "react";
import { percent } from "#app/contract/percent.ts";
import type { Preview } from "#app/contract/preview.ts";
import { bytes, count, duration } from "#renderer/parts/numbers.ts";
import { shortNames } from "#renderer/parts/short-names.ts";
import { FoldCell, FoldLegend } from "#renderer/screens/align/fold-cell.tsx";

interface Props {
  readonly preview: Preview | null;
  /** Why there is no preview. */
  readonly wrong: string;
}

/** Subjects × runs of one fold, by role and in rows, and what the run will cost. */
export function FoldPicture({ preview, wrong }: Props) {
  const [chosen, setChosen] = useState(0);
  const fold = preview?.folds[Math.min(chosen, preview.folds.length - 1)];
  if (preview === null || fold === undefined)
    return (
      <div className="folds">
        <h2>Fold</h2>
        <p className={wrong === "" ? "quiet" : "wrong"} role="alert">
          {wrong === "" ? "Counting rows and voxels." : `▲ ${wrong}`}
        </p>
      </div>
    );
  const shorts = shortNames(fold.runs.map(({ run }) => run));
  return (
    <div className="folds">
      <h2>
        Fold{" "}
        <select
          aria-label="Fold"
          value={fold.id}
          onChange={(event) => setChosen(preview.folds.findIndex(({ id }) => id === event.target.value))}
        >
          {preview.folds.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
        </select>{" "}
        <span className="quiet">of {preview.folds.length}</span>
      </h2>
      <div className="table-scroll">
        <table className="fold" aria-label={`Roles in fold ${fold.id}, testing ${fold.tested}`}>
          <thead>
            <tr>
              <td />
              {fold.runs.map(({ run }, at) => (
                <th scope="col" key={run} title={run}>
                  {shorts[at]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.subjects.map((subject) => (
              <tr key={subject}>
                <th scope="row">{subject}</th>
                {fold.runs.map((run) => (
                  <td key={run.run}>
                    <FoldCell run={run} subject={subject} fold={fold} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FoldLegend fold={fold} />
      <p className="quiet">
        {fold.newcomer
          ? `Only ${fold.tested} is tested here: the common space is made without them, and they are added to it.`
          : "Every subject is tested in turn; the picture shows the first."}
      </p>
      <dl>
        <dt>In this fold, aligned on</dt>
        <dd>{fold.rows.align === 0 ? "nothing" : `${count(fold.rows.align)} rows a subject`}</dd>
        <dt>In this fold, tested</dt>
        <dd>{count(fold.rows.classify)} samples a subject</dd>
        <dt>Voxels</dt>
        <dd>{count(preview.voxels)}</dd>
        <dt>Conditions</dt>
        <dd>
          {preview.conditions.length}, chance {percent(1 / preview.conditions.length)}
        </dd>
        <dt>Time, about</dt>
        <dd>{duration(preview.seconds)}</dd>
        <dt>Memory, about</dt>
        <dd>{bytes(preview.memoryBytes)}</dd>
      </dl>
    </div>
  );
}
