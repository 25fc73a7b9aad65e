/** A colour from 0 at the middle (the value 0) to 1 at an end, and its red, green and blue. */
type Stop = readonly [at: number, red: number, green: number, blue: number];

/**
 * Two halves about zero, for maps with a sign: near grey where there is nothing, then up in lightness to pale orange
 * and pale blue. The pair differs in hue for every common colour blindness; lightness tells the size in grey prints.
 */
export const signedColours: Readonly<Record<"positive" | "negative", readonly Stop[]>> = {
  positive: [
    [0, 62, 58, 56],
    [0.3, 150, 62, 14],
    [0.65, 240, 138, 36],
    [1, 255, 232, 178],
  ],
  negative: [
    [0, 56, 58, 62],
    [0.3, 20, 78, 156],
    [0.65, 64, 160, 240],
    [1, 206, 236, 255],
  ],
};

const LAST_ENTRY = 255;

/** As the viewer takes colours: a column a channel, and where on its table each stop lies. */
export function viewerColours([first, ...others]: readonly Stop[]) {
  if (first === undefined) throw new Error("a colour map needs a colour");
  // Entry 0 is what lies outside the region: transparent. The smallest value takes the entry after it.
  const stops = [first, first, ...others];
  return {
    R: stops.map(([, red]) => red),
    G: stops.map(([, , green]) => green),
    B: stops.map(([, , , blue]) => blue),
    A: stops.map((_, at) => (at === 0 ? 0 : LAST_ENTRY)),
    I: [0, 1, ...others.map(([at]) => Math.round(at * LAST_ENTRY))],
  };
}

/** The colour of a value on a scale to ±`end`, as CSS. */
export function signedColour(value: number, end: number): string {
  return `rgb(${signedRgb(value, end).join(" ")})`;
}

/** The same as red, green and blue from 0 to 255. */
export function signedRgb(value: number, end: number): readonly [number, number, number] {
  const stops = signedColours[value < 0 ? "negative" : "positive"];
  const at = Math.min(1, Math.abs(value) / end);
  const next = Math.max(
    1,
    stops.findIndex(([stop]) => stop >= at),
  );
  const [from, to] = [stops[next - 1] as Stop, stops[next] as Stop];
  const part = (at - from[0]) / (to[0] - from[0]);
  const mixed = (channel: 1 | 2 | 3) => Math.round(from[channel] + part * (to[channel] - from[channel]));
  return [mixed(1), mixed(2), mixed(3)];
}

/** The same colours from the negative end through 0 to the positive one, as CSS. */
export function signedGradient(): string {
  const colour = ([, red, green, blue]: Stop, percent: number) => `rgb(${red} ${green} ${blue}) ${percent}%`;
  const negative = signedColours.negative.toReversed().map((stop) => colour(stop, 50 - 50 * stop[0]));
  const positive = signedColours.positive.map((stop) => colour(stop, 50 + 50 * stop[0]));
  return `linear-gradient(to right, ${[...negative, ...positive].join(", ")})`;
}
