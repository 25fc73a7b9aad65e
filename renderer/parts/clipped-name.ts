/** Pixels that a letter of a tick takes at most, on average. */
export const PIXELS_A_LETTER = 6.3;

/** A name, or as much of it as so many letters hold. */
export function clippedName(name: string, letters: number): string {
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}
