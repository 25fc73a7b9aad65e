import { type MapUnit, NOT_ABOVE } from "#renderer/brain/map-kind.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";

/** The value under the crosshair: `place` is of the region's voxels, below 0 outside it. Nothing while there are none. */
export function valueWords(values: Float32Array | null, place: number, unit: MapUnit): string {
  if (values === null) return "";
  if (place < 0) return "outside the region";
  const value = values[place] ?? Number.NaN;
  if (Number.isNaN(value) && unit === "%") return "in no sphere";
  if (value === NOT_ABOVE && unit === "r") return "not above chance";
  return Number.isNaN(value) ? "not in the common space" : `${threeDigits(value)} ${unit}`;
}
