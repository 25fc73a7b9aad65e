import { useId } from "react";

interface Props {
  readonly label: string;
  readonly unit: string;
  /** null while it is off. */
  readonly value: number | null;
  /** What it starts at when it is switched on. */
  readonly start: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** Why it can't be switched on, where it can't. */
  readonly unfit: string | null;
  readonly onChange: (value: number | null) => void;
}

/** A step that is off or has a number. */
export function OptionalNumber({ label, unit, value, start, least, most, step, unfit, onChange }: Props) {
  const reason = useId();
  return (
    <div className="row">
      <label>
        <input
          type="checkbox"
          checked={value !== null}
          // What is on can always be switched off.
          disabled={unfit !== null && value === null}
          aria-describedby={unfit === null ? undefined : reason}
          onChange={(event) => onChange(event.target.checked ? start : null)}
        />{" "}
        {label}
      </label>
      {value !== null && (
        <label>
          <input
            type="number"
            aria-label={`${label}, ${unit}`}
            min={least}
            max={most}
            step={step}
            value={value}
            onChange={(event) => {
              const given = event.target.valueAsNumber;
              if (Number.isFinite(given) && given > 0) onChange(Math.min(most, given));
            }}
          />{" "}
          {unit}
        </label>
      )}
      {unfit !== null && (
        <small id={reason} className="quiet">
          {unfit}
        </small>
      )}
    </div>
  );
}
