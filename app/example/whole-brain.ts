import type { Grid } from "#app/contract/dataset.ts";
import { randomOf } from "#app/linalg/random.ts";
import { EDGE_MM, type ExampleVolume, placeIn } from "./example-volume.ts";
import { smoothField } from "./smooth-field.ts";

/** About the middle of the brain, in mm, and how far it reaches. */
const CENTRE = [0, -18, 12] as const;
const RADII = [70, 86, 64] as const;
/** How far areas stay alike, and from which value of their field on they respond: about a quarter of the brain. */
const AREA_MM = 14;
const AREA_FROM = 0.7;

/** An ellipsoid as large as the brain (59,805 voxels), or of a share of its radii; areas scattered over it respond. */
export function wholeBrain(seed: number, scale = 1): ExampleVolume {
  const radii = RADII.map((radius) => scale * radius);
  const reach = radii.map((radius) => Math.ceil(radius / EDGE_MM) + 1);
  const [nx, ny, nz] = reach.map((own) => 2 * own + 1) as [number, number, number];
  const [ox, oy, oz] = reach.map((own, axis) => (CENTRE[axis] as number) - EDGE_MM * own) as [
    number,
    number,
    number,
  ];
  const grid: Grid = {
    kind: "volume",
    dimensions: [nx, ny, nz],
    affine: [EDGE_MM, 0, 0, ox, 0, EDGE_MM, 0, oy, 0, 0, EDGE_MM, oz, 0, 0, 0, 1],
  };
  const area = smoothField(randomOf(seed, "areas"), AREA_MM);
  const brain = new Uint8Array(nx * ny * nz);
  const responding = new Uint8Array(brain.length);
  for (let at = 0; at < brain.length; at++) {
    const place = placeIn(grid, at);
    const far = Math.hypot(
      ...place.map((mm, axis) => (mm - (CENTRE[axis] as number)) / (radii[axis] as number)),
    );
    if (far > 1) continue;
    brain[at] = 1;
    responding[at] = area(...place) > AREA_FROM ? 1 : 0;
  }
  return { grid, brain, responding };
}
