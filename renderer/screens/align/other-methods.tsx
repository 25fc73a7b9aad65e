import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

interface Props {
  readonly forms: readonly MethodForm[];
  readonly method: Plan["method"];
}

/** Other methods that compete with the one chosen, inside each fold. */
export function OtherMethods({ forms, method: { name, others } }: Props) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: readonly string[]) =>
    change((old) => ({ ...old, method: { ...old.method, others: [...next] } }));
  const labelOf = (one: string) => forms.find((form) => form.name === one)?.label ?? one;
  return (
    <div className="row">
      <label>
        Choose in each fold, by nested cross-validation, between it and{" "}
        <select
          aria-label="Another method to try"
          value=""
          onChange={({ target }) => set([...others, target.value])}
        >
          <option value="">{others.length === 0 ? "no other" : "another"}</option>
          {forms
            .filter((form) => form.name !== name && !others.includes(form.name))
            .map((form) => (
              <option key={form.name} value={form.name}>
                {form.label}
              </option>
            ))}
        </select>
      </label>
      {others.map((other) => (
        <button
          key={other}
          type="button"
          aria-label={`Do not try ${labelOf(other)}`}
          onClick={() => set(others.filter((one) => one !== other))}
        >
          {labelOf(other)} ×
        </button>
      ))}
    </div>
  );
}
