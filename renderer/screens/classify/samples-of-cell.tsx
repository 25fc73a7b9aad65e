import type { EvaluationResult, Preparation } from "#app/contract/result.ts";
import { usePlace } from "#renderer/state/place.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly result: EvaluationResult;
  readonly preparation: Preparation;
}

/** The samples behind the chosen cell of the confusion matrix: of whom, and when. */
export function SamplesOfCell({ result, preparation }: Props) {
  const { cell, method, subject, select } = useSelection();
  const go = usePlace((state) => state.go);
  if (cell === null) {
    return (
      <div className="samples">
        <h2>Samples behind a cell</h2>
        <p className="quiet">Choose a cell of the matrix to see whose samples they are, and when.</p>
      </div>
    );
  }
  const { classes } = result;
  const found = (result.predictions[method] ?? []).filter(
    (one) =>
      one.label === cell.label &&
      one.predicted === cell.predicted &&
      (subject === null || one.subject === subject),
  );
  return (
    <div className="samples">
      <div className="heading">
        <h2>
          {found.length} samples of {classes[cell.label]} taken for {classes[cell.predicted]}
        </h2>
        <button type="button" onClick={() => go("Inspect")}>
          Show {classes[cell.label]} in Inspect
        </button>
      </div>
      {found.length > 0 && (
        <div className="table-scroll">
          <table aria-label="Samples of the chosen cell">
            <thead>
              <tr>
                <th scope="col">Subject</th>
                <th scope="col">Run</th>
                <th scope="col">Onset (s)</th>
                <th scope="col">Fold</th>
              </tr>
            </thead>
            <tbody>
              {found.map((one) => {
                const sample = preparation.samples[one.row];
                return (
                  <tr key={`${one.subject} ${one.fold} ${one.row}`}>
                    <td>
                      <button type="button" className="link" onClick={() => select({ subject: one.subject })}>
                        {one.subject}
                      </button>
                    </td>
                    <td>{sample?.run}</td>
                    <td>{sample?.onset}</td>
                    <td>{one.fold}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
