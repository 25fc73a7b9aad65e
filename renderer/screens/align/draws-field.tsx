import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";

const USUAL_DRAWS = 1000;
const FEWEST_DRAWS = 19;

interface Props {
  readonly label: string;
  readonly unit: string;
  /** null while none are made. */
  readonly value: number | null;
  readonly onChange: (draws: number | null) => void;
}

/** Whether something is drawn by chance, and how often. */
export function DrawsField({ label, unit, value, onChange }: Props) {
  return (
    <OptionalNumber
      label={label}
      unit={unit}
      value={value}
      start={USUAL_DRAWS}
      least={FEWEST_DRAWS}
      most={100_000}
      step={1}
      blockedBy={null}
      onChange={(draws) => onChange(draws === null ? null : Math.max(FEWEST_DRAWS, Math.round(draws)))}
    />
  );
}
