import { useState } from "react";
import type { Preview, Role } from "#app/contract/preview.ts";
import { bytes, duration } from "#renderer/parts/numbers.ts";

const GLYPHS: Record<Role, string> = { align: "A", select: "", train: "R", test: "T" };

/** Subjects × runs of one fold, by role, and what the run will cost. */
export function FoldPicture({ preview }: { readonly preview: Preview | null }) {
  const [chosen, setChosen] = useState(0);
  if (preview === null) return <div className="folds waiting-for-plan" />;
  const fold = preview.folds[Math.min(chosen, preview.folds.length - 1)];
  if (fold === undefined) return null;
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
        </select>
      </h2>
      <div className="table-scroll">
        <table className="fold" aria-label={`Roles in fold ${fold.id}, testing ${preview.subjects[0]}`}>
          <tbody>
            {preview.subjects.map((subject, at) => (
              <tr key={subject}>
                <th scope="row">{subject}</th>
                {fold.runs.map((run) => {
                  const roles = at === 0 ? run.tested : run.others;
                  const shown = roles.find((role) => role !== "select");
                  return (
                    <td key={run.run} title={`${subject}, ${run.run}: ${roles.join(", ") || "not used"}`}>
                      <span className={`role ${shown ?? "none"}`}>
                        {shown === undefined ? "" : GLYPHS[shown]}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="legend">
        <span className="role align">A</span> align <span className="role train">R</span> train{" "}
        <span className="role test">T</span> test
      </p>
      <p className="quiet">Every subject is tested in turn; the picture shows the first.</p>
      <dl>
        <dt>Voxels</dt>
        <dd>{preview.voxels}</dd>
        <dt>Rows to align, classify</dt>
        <dd>
          {preview.rows.align}, {preview.rows.classify}
        </dd>
        <dt>Conditions</dt>
        <dd>
          {preview.conditions.length}, chance {(100 / preview.conditions.length).toFixed(1)} %
        </dd>
        <dt>Time, about</dt>
        <dd>{duration(preview.seconds)}</dd>
        <dt>Memory, about</dt>
        <dd>{bytes(preview.memoryBytes)}</dd>
      </dl>
    </div>
  );
}
