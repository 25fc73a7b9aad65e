import type { Dataset } from "./dataset.ts";

/** The subjects of which an image is not downloaded. */
export function absentSubjects({ absent, subjects }: Dataset): string[] {
  const names = new Set(absent.map(({ subject }) => subject));
  return subjects.filter((subject) => names.has(subject));
}
