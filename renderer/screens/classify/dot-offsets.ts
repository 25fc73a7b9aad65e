/**
 * How far to the side each dot is set, in its own widths, so that none lies on another and every subject is seen: in
 * the middle where there is room, else at the nearest free step, always in the same way. `dot` is a dot's height on
 * the axis of the values; null has no dot.
 */
export function dotOffsets(values: readonly (number | null)[], dot: number): number[] {
  const offsets = values.map(() => 0);
  const placed: { readonly value: number; readonly offset: number }[] = [];
  const order = values.flatMap((value, at) => (value === null ? [] : [{ value, at }]));
  for (const { value, at } of order.sort((a, b) => a.value - b.value || a.at - b.at)) {
    const free = (offset: number) =>
      placed.every((one) => Math.hypot((one.value - value) / dot, one.offset - offset) > 0.99);
    let step = 0;
    while (!free(offsetOf(step))) step += 1;
    const offset = offsetOf(step);
    placed.push({ value, offset });
    offsets[at] = offset;
  }
  return offsets;
}

/** 0, 1, −1, 2, −2, … */
function offsetOf(step: number): number {
  return step === 0 ? 0 : Math.ceil(step / 2) * (step % 2 === 1 ? 1 : -1);
}
