import { useEffect, useId, useState } from "react";
import type { MethodForm, Parameter } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import { bridge } from "#renderer/bridge.ts";
import { Card } from "#renderer/screens/align/card.tsx";
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
  const changed = Object.keys(plan.method.parameters).length;
  const voxels = plan.selection === null ? "all voxels" : `${plan.selection.voxels} voxels by ANOVA`;
  return (
    <Card
      name="Method"
      summary={`${form?.label ?? plan.method.name} of ${voxels}${changed === 0 ? "" : `, ${changed} settings changed`}`}
    >
      <label>
        Voxels{" "}
        <select
          value={plan.selection === null ? "all" : "anova"}
          onChange={(event) =>
            change((old) => ({
              ...old,
              selection: event.target.value === "all" ? null : { name: "anova", voxels: 500 },
            }))
          }
        >
          <option value="all">all of the region</option>
          <option value="anova">highest by ANOVA inside each fold</option>
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
              change((old) => ({ ...old, selection: { name: "anova", voxels } }));
            }}
          />
        </label>
      )}
      {form?.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={plan.method.parameters[parameter.name] ?? parameter.default}
          onChange={(value) => set(parameter.name, value)}
        />
      ))}
      {form?.citations.map((line) => (
        <p className="quiet" key={line}>
          {line}
        </p>
      ))}
    </Card>
  );
}

interface FieldProps {
  readonly parameter: Parameter;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function ParameterField({ parameter, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="parameter">
      <label htmlFor={id}>{parameter.label}</label>
      {parameter.kind === "switch" && (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      {parameter.kind === "choice" && (
        <select id={id} value={String(value)} onChange={(event) => onChange(event.target.value)}>
          {parameter.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
      {parameter.kind === "number" && (
        <input
          id={id}
          type="number"
          min={parameter.least ?? undefined}
          max={parameter.most ?? undefined}
          placeholder={parameter.optional ? "none" : ""}
          value={typeof value === "number" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? null : event.target.valueAsNumber)}
        />
      )}
      <small className="quiet">{parameter.help}</small>
    </div>
  );
}
