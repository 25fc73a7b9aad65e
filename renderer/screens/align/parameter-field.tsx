import { useId, useState } from "react";
import type { Parameter } from "#app/contract/method.ts";

interface Props {
  readonly parameter: Parameter;
  readonly value: unknown;
  /** The values to choose from inside each fold; null where one is given. */
  readonly tried: readonly unknown[] | null;
  readonly onChange: (value: unknown) => void;
  readonly onTry: (values: readonly number[] | null) => void;
}

/** One parameter of a method, and its help. */
export function ParameterField({ parameter, value, tried, onChange, onTry }: Props) {
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
      {parameter.kind === "number" && tried === null && (
        <input
          id={id}
          type="number"
          min={parameter.least ?? undefined}
          max={parameter.most ?? undefined}
          step={parameter.whole ? 1 : "any"}
          placeholder={parameter.optional ? "none" : ""}
          value={typeof value === "number" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? null : event.target.valueAsNumber)}
        />
      )}
      {parameter.kind === "number" && tried !== null && <TriedValues id={id} values={tried} onTry={onTry} />}
      <small className="quiet">
        {parameter.help}
        {parameter.kind === "number" && parameter.tries.length > 0 && (
          <label className="tries">
            <input
              type="checkbox"
              checked={tried !== null}
              onChange={(event) => onTry(event.target.checked ? parameter.tries : null)}
            />{" "}
            choose among several by nested cross-validation
          </label>
        )}
      </small>
    </div>
  );
}

interface TriedValuesProps {
  readonly id: string;
  readonly values: readonly unknown[];
  readonly onTry: (values: readonly number[]) => void;
}

/** Numbers separated by commas; what is half typed stays as it is until it can be read. */
function TriedValues({ id, values, onTry }: TriedValuesProps) {
  const [text, setText] = useState(values.join(", "));
  const change = (typed: string) => {
    setText(typed);
    const numbers = typed.split(",").map((part) => Number.parseFloat(part));
    if (numbers.every(Number.isFinite)) onTry(numbers);
  };
  return (
    <input
      id={id}
      type="text"
      inputMode="decimal"
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}
