import { useId, useState } from "react";
import type { Parameter } from "#app/contract/method.ts";
import { parameterProblem } from "#app/contract/parameter-problem.ts";

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
  const problem = problemOf(parameter, tried ?? [value]);
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
          aria-invalid={problem !== null}
          value={typeof value === "number" && !Number.isNaN(value) ? value : ""}
          onChange={({ target }) =>
            onChange(target.value === "" && !target.validity.badInput ? null : target.valueAsNumber)
          }
        />
      )}
      {parameter.kind === "number" && tried !== null && (
        <TriedValues id={id} values={tried} wrong={problem !== null} onTry={onTry} />
      )}
      <small className="quiet">
        {problem !== null && (
          <span className="wrong" role="alert">
            ▲ {problem}
          </span>
        )}
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
  readonly wrong: boolean;
  readonly onTry: (values: readonly number[]) => void;
}

/** Numbers separated by commas. One that can't be read is not a number, and is not run with. */
export function TriedValues({ id, values, wrong, onTry }: TriedValuesProps) {
  const [text, setText] = useState(values.join(", "));
  const change = (typed: string) => {
    setText(typed);
    onTry(typed.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part))));
  };
  return (
    <input
      id={id}
      type="text"
      inputMode="decimal"
      aria-invalid={wrong}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}

/** What is wrong with the first value that can't be used. */
function problemOf(parameter: Parameter, values: readonly unknown[]): string | null {
  if (parameter.kind !== "number") return null;
  return values.map((value) => parameterProblem(parameter, value)).find((one) => one !== null) ?? null;
}
