/** Three significant digits with a true minus. */
export function threeDigits(value: number): string {
  if (Number.isNaN(value)) return "—";
  const text = Math.abs(value) < 1e-12 ? "0" : Math.abs(value).toPrecision(3);
  return value < 0 && text !== "0" ? `−${text}` : text;
}

/** "a second", "12 s", "3 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}

export function bytes(count: number): string {
  if (count < 1e6) return `${Math.ceil(count / 1e3)} kB`;
  return count < 1e9 ? `${Math.round(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

/** A place as "−6, −58, 32 mm". */
export function placeWords(place: readonly number[]): string {
  return `${place.map((mm) => Math.round(mm).toString().replace("-", "−")).join(", ")} mm`;
}

/** 1234567 as "1,234,567", whatever the system's language. */
export function count(value: number): string {
  return value.toLocaleString("en-GB");
}
