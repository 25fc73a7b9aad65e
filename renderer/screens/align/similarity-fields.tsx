import {
  type DissimilarityName,
  dissimilarityLabels,
  type SimilaritySettings,
} from "#app/contract/similarity.ts";
import { bridge } from "#renderer/bridge.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** How the conditions of a subject are compared, and the models that this is held against. */
export function SimilarityFields({ settings }: { readonly settings: SimilaritySettings }) {
  const grant = useStudy((study) => study.opened?.grant);
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: Partial<SimilaritySettings>) =>
    change((old) => ({ ...old, similarity: { ...old.similarity, ...next } }));
  const { dissimilarity, models } = settings;
  async function add() {
    if (grant === undefined) return;
    const answer = await bridge.call("plan.choose", { grant, what: "model" });
    if (!answer.ok || answer.value === null) return;
    const { path } = answer.value;
    const name = fileName(path).replace(/\.[a-z]+$/i, "");
    set({ models: [...models.filter((one) => one.path !== path), { name, path }] });
  }
  return (
    <>
      <div className="row">
        <label>
          Compare conditions by{" "}
          <select
            value={dissimilarity}
            onChange={({ target }) => set({ dissimilarity: target.value as DissimilarityName })}
          >
            {Object.entries(dissimilarityLabels).map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => void add()}>
          Add a model…
        </button>
      </div>
      {models.map(({ name, path }) => (
        <div key={path} className="row">
          <span className="path" title={path}>
            Model {name}
          </span>
          <button
            type="button"
            aria-label={`Remove the model ${name}`}
            onClick={() => set({ models: models.filter((one) => one.path !== path) })}
          >
            Remove
          </button>
        </div>
      ))}
    </>
  );
}
