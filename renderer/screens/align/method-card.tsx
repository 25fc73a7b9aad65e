import { useEffect, useState } from "react";
import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import { type Selection, selectionLabels } from "#app/contract/selection.ts";
import { bridge } from "#renderer/bridge.ts";
import { AlignOnField, alignOnWords } from "#renderer/screens/align/align-on-field.tsx";
import { Card } from "#renderer/screens/align/card.tsx";
import { OtherMethods } from "#renderer/screens/align/other-methods.tsx";
import { ParameterField } from "#renderer/screens/align/parameter-field.tsx";
import { PiecesField, piecesWords } from "#renderer/screens/align/pieces-field.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

export function MethodCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const [forms, setForms] = useState<readonly MethodForm[]>([]);
  useEffect(() => {
    void bridge.call("method.list", {}).then((answer) => {
      if (answer.ok) setForms(answer.value);
    });
  }, []);
  const form = forms.find(({ name }) => name === plan.method.name);
  const set = (name: string, value: unknown) =>
    change((old) => ({
      ...old,
      method: { ...old.method, parameters: { ...old.method.parameters, [name]: value } },
    }));
  const setTried = (name: string, values: readonly number[] | null) =>
    change((old) => {
      const { [name]: _, ...others } = old.method.choose;
      const choose = values === null ? others : { ...others, [name]: [...values] };
      return { ...old, method: { ...old.method, choose } };
    });
  const { parameters, choose } = plan.method;
  const others = plan.method.others.length === 0 ? "" : ` or ${plan.method.others.length} others`;
  const changed = Object.keys({ ...parameters, ...choose }).length;
  const voxels =
    plan.selection === null
      ? "all voxels"
      : `${plan.selection.voxels} voxels by ${selectionLabels[plan.selection.name]}`;
  return (
    <Card
      name="Method"
      summary={`${form?.label ?? plan.method.name}${others} of ${voxels}${alignOnWords(plan.method.on)}${piecesWords(plan.method.pieces)}${changed === 0 ? "" : `, ${changed} ${changed === 1 ? "setting" : "settings"} changed`}`}
    >
      <label>
        Method{" "}
        <select
          aria-label="Method of alignment"
          value={plan.method.name}
          onChange={(event) =>
            change((old) => ({
              ...old,
              method: {
                ...old.method,
                name: event.target.value,
                parameters: {},
                choose: {},
                others: old.method.others.filter((other) => other !== event.target.value),
              },
            }))
          }
        >
          {forms.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="method-help">{form?.help}</p>
      <OtherMethods forms={forms} method={plan.method} />
      <AlignOnField on={plan.method.on} />
      <PiecesField pieces={plan.method.pieces} />
      <label>
        Voxels{" "}
        <select
          value={plan.selection?.name ?? "all"}
          onChange={(event) =>
            change((old) => ({
              ...old,
              selection:
                event.target.value === "all"
                  ? null
                  : {
                      name: event.target.value as Selection["name"],
                      voxels: old.selection?.voxels ?? 500,
                    },
            }))
          }
        >
          <option value="all">all of the region</option>
          {Object.entries(selectionLabels).map(([name, label]) => (
            <option key={name} value={name}>
              highest by {label}, inside each fold
            </option>
          ))}
        </select>
      </label>
      {plan.selection !== null && (
        <label>
          How many{" "}
          <input
            type="number"
            min={2}
            value={plan.selection.voxels}
            onChange={(event) => {
              const voxels = Math.max(2, Math.round(event.target.valueAsNumber) || 2);
              change((old) => ({ ...old, selection: old.selection && { ...old.selection, voxels } }));
            }}
          />
        </label>
      )}
      {form?.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={parameter.name in parameters ? parameters[parameter.name] : parameter.default}
          tried={choose[parameter.name] ?? null}
          onChange={(value) => set(parameter.name, value)}
          onTry={(values) => setTried(parameter.name, values)}
        />
      ))}
      <label>
        <input
          type="checkbox"
          checked={plan.keepTransforms}
          onChange={(event) => {
            const keepTransforms = event.target.checked;
            change((old) => ({ ...old, keepTransforms }));
          }}
        />{" "}
        keep the common space and each subject's transform as files for NumPy
      </label>
      {form?.citations.map((line) => (
        <p className="quiet" key={line}>
          {line}
        </p>
      ))}
    </Card>
  );
}
