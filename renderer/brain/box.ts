/** A box in mm, along x, y and z. */
export interface Box {
  readonly least: readonly [number, number, number];
  readonly most: readonly [number, number, number];
}

/** Room left around a region, so that its neighbourhood tells where it lies. */
const MARGIN_MM = 18;

/** The box around places, with room on every side; null without any. */
export function boxAround(places: Iterable<readonly [number, number, number]>): Box | null {
  const least: [number, number, number] = [Infinity, Infinity, Infinity];
  const most: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const place of places) {
    for (const axis of [0, 1, 2] as const) {
      least[axis] = Math.min(least[axis], place[axis] - MARGIN_MM);
      most[axis] = Math.max(most[axis], place[axis] + MARGIN_MM);
    }
  }
  return least[0] > most[0] ? null : { least, most };
}
