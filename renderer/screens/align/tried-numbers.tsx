import { useId } from "react";
import { TriedValues } from "#renderer/screens/align/parameter-field.tsx";

interface Props {
  /** What is chosen: "the radius". */
  readonly what: string;
  readonly label: string;
  /** The numbers to try; empty where one is given. */
  readonly values: readonly number[];
  /** What is tried first. */
  readonly start: () => number[];
  /** Whether a number can be tried. */
  readonly fits: (value: number) => boolean;
  readonly set: (values: number[]) => void;
}

/** Whether a number that is no parameter of the method is chosen among several inside each fold. */
export function TriedNumbers({ what, label, values, start, fits, set }: Props) {
  const id = useId();
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={values.length > 0}
          onChange={({ target }) => set(target.checked ? start() : [])}
        />{" "}
        choose {what} by nested cross-validation
      </label>
      {values.length > 0 && (
        <div className="row">
          <label htmlFor={id}>{label}</label>
          <TriedValues
            id={id}
            values={values}
            wrong={false}
            onTry={(typed) => {
              const fitting = typed.filter(fits);
              if (fitting.length > 0) set(fitting);
            }}
          />
        </div>
      )}
    </>
  );
}
