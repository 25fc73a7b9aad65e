import { type KeyboardEvent, type PointerEvent, useEffect, useState } from "react";
import type { MapUnit } from "#renderer/brain/map-kind.ts";
import { signedGradient } from "#renderer/brain/signed-colours.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";

interface Props {
  readonly end: number;
  readonly threshold: number;
  readonly unit: MapUnit;
  readonly onThreshold: (threshold: number) => void;
}

/** A threshold above it would hide all. */
const HIGHEST = 0.98;
const STEPS = 100;
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** The colours of both maps from end to end: grey is what the threshold hides. It is dragged here or typed beside. */
export function ColourBar({ end, threshold, unit, onThreshold }: Props) {
  const shown = Math.min(threshold, HIGHEST * end);
  const percent = (value: number) => `${50 + (50 * value) / end}%`;
  const set = (value: number) => {
    const held = Math.max(0, Math.min(HIGHEST * end, Math.abs(value)));
    onThreshold(Number(held.toPrecision(3)));
  };
  function drag(event: PointerEvent<HTMLDivElement>) {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, width } = event.currentTarget.getBoundingClientRect();
    set(((event.clientX - left) / width - 0.5) * 2 * end);
  }
  function press(event: KeyboardEvent) {
    const step = KEYS[event.key];
    if (step === undefined && event.key !== "Home") return;
    event.preventDefault();
    set(step === undefined ? 0 : Math.max(0, shown + (step * end) / STEPS));
  }
  return (
    <div className="colour-bar">
      <span className="end">{threeDigits(-end)}</span>
      <div className="bar" style={{ background: signedGradient() }} onPointerDown={drag} onPointerMove={drag}>
        <i style={{ left: percent(-shown), width: `${(100 * shown) / end}%` }} />
        <div className="thumb" style={{ left: percent(-shown) }} />
        <div
          className="thumb"
          role="slider"
          tabIndex={0}
          aria-label="Threshold"
          aria-valuemin={0}
          aria-valuemax={Number((HIGHEST * end).toPrecision(3))}
          aria-valuenow={shown}
          aria-valuetext={`${threeDigits(shown)} ${unit}`}
          style={{ left: percent(shown) }}
          onKeyDown={press}
        />
        <small style={{ left: "50%" }}>0</small>
      </div>
      <span className="end">
        {threeDigits(end)} {unit}
      </span>
      <ThresholdField value={threshold} unit={unit} onSet={set} />
    </div>
  );
}

interface FieldProps {
  readonly value: number;
  readonly unit: MapUnit;
  readonly onSet: (value: number) => void;
}

/** The exact threshold: taken at Enter or when the field is left, so that "0.0" can be on its way to "0.05". */
function ThresholdField({ value, unit, onSet }: FieldProps) {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const take = () => {
    const wanted = Number(typed.replace(",", "."));
    if (typed.trim() === "" || Number.isNaN(wanted)) setTyped(String(value));
    else onSet(wanted);
  };
  return (
    <label className="threshold">
      |{unit}| ≥{" "}
      <input
        inputMode="decimal"
        aria-label={`Threshold, ${unit}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === "Enter" && take()}
      />
    </label>
  );
}
