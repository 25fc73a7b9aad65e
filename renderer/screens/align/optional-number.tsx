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
  /** The id of the text that says why it can't be switched on, where it can't. */
  readonly blockedBy: string | null;
  readonly onChange: (value: number | null) => void;
}

/** A step that is off or has a number. */
export function OptionalNumber({ label, unit, value, start, least, most, step, blockedBy, onChange }: Props) {
  return (
    <div className="row">
      <label>
        <input
          type="checkbox"
          checked={value !== null}
          // What is on can always be switched off.
          disabled={blockedBy !== null && value === null}
          aria-describedby={blockedBy ?? undefined}
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
    </div>
  );
}
