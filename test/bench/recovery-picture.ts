import { scaleLinear, scaleLog } from "d3-scale";
import { type Curve, noiseLevels } from "./recovery.ts";

const SIZE = { width: 760, height: 420 };
const MARGIN = { left: 56, right: 210, top: 16, bottom: 48 };
const LINE = 16;
const COLOURS = ["#666666", "#1857b8", "#b34700", "#1b7f5c", "#8a3ffc", "#b0006d", "#007d9c", "#7a5c00"];

/** The curves as a picture: SVG, a line a method, its name at the end. */
export function recoveryPicture(curves: readonly Curve[]): string {
  const x = scaleLog(
    [noiseLevels[0], noiseLevels.at(-1) as number],
    [MARGIN.left, SIZE.width - MARGIN.right],
  );
  const y = scaleLinear([0, 1], [SIZE.height - MARGIN.bottom, MARGIN.top]);
  const places = labelPlaces(curves.map(({ shares }) => y(shares[3] as number)));
  const lines = curves.map(({ name, shares }, at) => {
    const colour = COLOURS[at % COLOURS.length] as string;
    const dashes = at >= COLOURS.length ? ' stroke-dasharray="5 3"' : "";
    const points = shares.map(
      (share, level) => `${x(noiseLevels[level] as number).toFixed(1)},${y(share).toFixed(1)}`,
    );
    const right = SIZE.width - MARGIN.right + 12;
    return [
      `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`,
      `<text x="${right}" y="${(places[at] as number) + 4}" fill="${colour}">${name}</text>`,
    ].join("\n");
  });
  const across = noiseLevels.map(
    (level) =>
      `<text x="${x(level)}" y="${SIZE.height - MARGIN.bottom + 18}" text-anchor="middle">${level}</text>`,
  );
  const up = y.ticks(5).map(
    (tick) =>
      `<line x1="${MARGIN.left}" x2="${SIZE.width - MARGIN.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#dddddd"/>
<text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${100 * tick} %</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12" fill="#333333">
<rect width="100%" height="100%" fill="#ffffff"/>
${[...up, ...across, ...lines].join("\n")}
<text x="${(MARGIN.left + SIZE.width - MARGIN.right) / 2}" y="${SIZE.height - 10}" text-anchor="middle">Noise, in units of what is shared</text>
</svg>
`;
}

/** Labels at these heights, moved apart so that none covers another; in the order given. */
function labelPlaces(heights: readonly number[]): number[] {
  const order = heights.map((height, at) => ({ height, at })).sort((a, b) => a.height - b.height);
  const out = new Array<number>(heights.length);
  let free = Number.NEGATIVE_INFINITY;
  for (const { height, at } of order) {
    out[at] = Math.max(height, free);
    free = (out[at] as number) + LINE;
  }
  return out;
}
