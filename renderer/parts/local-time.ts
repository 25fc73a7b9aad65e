const FORM = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  // Runs of a minute are told apart.
  second: "2-digit",
});

/** An ISO time as "24 Nov 2026, 14:02:59", where the reader is. */
export function localTime(iso: string): string {
  return FORM.format(new Date(iso));
}
