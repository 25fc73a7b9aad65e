import { useEffect, useState } from "react";
import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import { bridge } from "#renderer/bridge.ts";
import { AlignOnField, alignOnWords } from "#renderer/screens/align/align-on-field.tsx";
import { Card } from "#renderer/screens/align/card.tsx";
import { OtherMethods } from "#renderer/screens/align/other-methods.tsx";
import { ParameterField } from "#renderer/screens/align/parameter-field.tsx";
import { PiecesField, piecesWords } from "#renderer/screens/align/pieces-field.tsx";
import { SelectionField, selectionWords } from "#renderer/screens/align/selection-field.tsx";
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
  const besides = plan.method.others.length;
  const others = besides === 0 ? "" : ` or ${besides} ${besides === 1 ? "other" : "others"}`;
  const changed = Object.keys({ ...parameters, ...choose }).length;
  return (
    <Card
      name="Method"
      summary={`${form?.label ?? plan.method.name}${others} of ${selectionWords(plan.selection)}${alignOnWords(plan.method.on)}${piecesWords(plan.method.pieces)}${changed === 0 ? "" : `, ${changed} ${changed === 1 ? "setting" : "settings"} changed`}`}
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
      <SelectionField selection={plan.selection} />
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
