import type { EvaluationResult } from "#app/contract/result.ts";
import { iscTestSentence } from "#app/contract/result-sentence.ts";
import { DrawnHistogram } from "#renderer/screens/classify/drawn-histogram.tsx";
import { EffectChart } from "#renderer/screens/classify/effect-chart.tsx";

/** Whether anything is known of how sure the result is. */
export function hasStatistics({ permutations, effect, iscTest }: EvaluationResult): boolean {
  return permutations !== null || effect !== null || iscTest !== null;
}

/** How sure the result is: the effect of alignment with its interval, and labels drawn anew. */
export function StatisticsView({ result }: { readonly result: EvaluationResult }) {
  const { permutations, effect, accuracy } = result;
  const correlations = iscTestSentence(result);
  return (
    <>
      {correlations !== "" && <p>{correlations}</p>}
      <div className="charts">
        {effect !== null && <EffectChart accuracy={accuracy} effect={effect} />}
        {permutations === null ? (
          <div className="empty">
            <h2>No labels were drawn anew</h2>
            <p className="quiet">
              To see what accuracy would be if samples said nothing of their labels, switch on “Draw labels
              anew” under Statistics in Align, and run again.
            </p>
          </div>
        ) : (
          <DrawnHistogram permutations={permutations} />
        )}
      </div>
    </>
  );
}
