import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { voxelSize } from "./voxel-size.ts";

/** Standard deviations that the kernel reaches to each side: scipy.ndimage's `truncate`. */
const TRUNCATE = 4;
const FWHM_PER_SIGMA = Math.sqrt(8 * Math.log(2));

/** A range of voxels along each axis, `to` excluded. */
interface Box {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Smooths volumes of which only some voxels are wanted. */
export interface Smoother {
  /** The voxels to read, linear on the grid, ascending: the region's bounding box and the kernel's reach around it. */
  readonly voxels: Int32Array;
  /** Where among them each wanted voxel stands. */
  readonly wanted: Int32Array;
  /** The wanted voxels, smoothed, in an array that is filled anew each time, of the values of `voxels`. */
  smooth(values: Float32Array): Float64Array;
}

/**
 * Gaussian smoothing as nilearn.image.smooth_img does it: axis after axis, sigma = FWHM / (2.355 · voxel size), the
 * kernel cut at four sigmas and summing to one, the image mirrored at its edges (d c b a | a b c d | d c b a), values
 * that are not finite taken for 0. Nothing of the mask: voxels outside it count as they are. A few boxes of doubles are
 * in memory.
 * @param held the voxels that the image has values of, ascending; null for all. Others count as 0.
 * @throws Fault plan/invalid on a grid that is no volume
 */
export function smoother(
  grid: Grid,
  fwhmMm: number,
  wanted: Int32Array,
  held: Int32Array | null = null,
): Smoother {
  refuseToSmooth(grid);
  const kernels = [0, 1, 2].map((axis) => gaussian(fwhmMm / FWHM_PER_SIGMA / voxelSize(grid, axis)));
  const inner = boundingBox(grid, wanted);
  const outer: Box = {
    from: inner.from.map((from, axis) => Math.max(0, from - reach(kernels[axis]))),
    to: inner.to.map((to, axis) => Math.min(grid.dimensions[axis] ?? 0, to + reach(kernels[axis]))),
  };
  const box = voxelsOf(grid, outer);
  const voxels = held === null ? box : common(box, held);
  const places = placesIn(box, voxels);
  const wantedPlaces = placesIn(box, wanted);
  const extents = outer.to.map((to, axis) => to - (outer.from[axis] ?? 0)) as [number, number, number];
  const now = new Float64Array(box.length);
  const next = new Float64Array(box.length);
  const out = new Float64Array(wanted.length);
  const passes = kernels.map((kernel, axis) => ({
    kernel,
    axis,
    sources: mirrored(outer.from[axis] ?? 0, extents[axis] ?? 0, grid.dimensions[axis] ?? 0, reach(kernel)),
  }));
  return {
    voxels,
    wanted: placesIn(voxels, wanted),
    smooth(values) {
      now.fill(0);
      for (let v = 0; v < places.length; v++) {
        const value = values[v] as number;
        now[places[v] as number] = Number.isFinite(value) ? value : 0;
      }
      let [source, target] = [now, next];
      for (const { kernel, axis, sources } of passes) {
        if (kernel.length === 1) continue;
        alongAxis(source, target, extents, axis, kernel, sources);
        [source, target] = [target, source];
      }
      for (let v = 0; v < out.length; v++) out[v] = source[wantedPlaces[v] as number] as number;
      return out;
    },
  };
}

/** @throws Fault plan/invalid on a grid without places in space */
export function refuseToSmooth({ kind }: Grid): void {
  if (kind === "volume") return;
  const detail = `smoothing works on volumes, and these images are of the kind "${kind}"`;
  throw new Fault("plan/invalid", { detail });
}

/** Weights from −reach to +reach that sum to one. */
function gaussian(sigma: number): Float64Array {
  const side = Math.floor(TRUNCATE * sigma + 0.5);
  const weights = Float64Array.from({ length: 2 * side + 1 }, (_, at) =>
    side === 0 ? 1 : Math.exp(-0.5 * ((at - side) / sigma) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function reach(kernel: Float64Array | undefined): number {
  return ((kernel?.length ?? 1) - 1) / 2;
}

function boundingBox({ dimensions: [nx, ny] }: Grid, voxels: Int32Array): Box {
  const from = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const to = [0, 0, 0];
  for (const voxel of voxels) {
    const place = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    for (const [axis, at] of place.entries()) {
      from[axis] = Math.min(from[axis] as number, at);
      to[axis] = Math.max(to[axis] as number, at + 1);
    }
  }
  return { from, to };
}

/** The voxels of a box, ascending. */
function voxelsOf({ dimensions: [nx, ny] }: Grid, { from, to }: Box): Int32Array {
  const [fi, fj, fk] = from as [number, number, number];
  const [ti, tj, tk] = to as [number, number, number];
  const voxels = new Int32Array((ti - fi) * (tj - fj) * (tk - fk));
  let at = 0;
  for (let k = fk; k < tk; k++) {
    for (let j = fj; j < tj; j++) for (let i = fi; i < ti; i++) voxels[at++] = i + nx * (j + ny * k);
  }
  return voxels;
}

/** What two ascending lists share. */
function common(a: Int32Array, b: Int32Array): Int32Array {
  const inB = new Set(b);
  return a.filter((voxel) => inB.has(voxel));
}

/** Where in an ascending list each voxel of another stands, all of which are in it. */
function placesIn(list: Int32Array, voxels: Int32Array): Int32Array {
  const places = new Int32Array(voxels.length);
  let at = 0;
  for (const [v, voxel] of voxels.entries()) {
    while ((list[at] as number) < voxel) at++;
    places[v] = at;
  }
  return places;
}

/**
 * For each place of the box along an axis and each weight, the place it takes its value from, mirrored at the edges of
 * the image. Beyond the box it is the place itself: only places near the box's inner edges look there, and none of those
 * is wanted.
 */
function mirrored(from: number, extent: number, dimension: number, side: number): Int32Array {
  const width = 2 * side + 1;
  return Int32Array.from({ length: extent * width }, (_, at) => {
    const voxel = from + Math.floor(at / width) + (at % width) - side;
    const turn = ((voxel % (2 * dimension)) + 2 * dimension) % (2 * dimension);
    const place = (turn < dimension ? turn : 2 * dimension - 1 - turn) - from;
    return place >= 0 && place < extent ? place : Math.floor(at / width);
  });
}

/** One pass along one axis of a box (x fastest). The kernel is symmetric: the two sides are added first. */
function alongAxis(
  source: Float64Array,
  target: Float64Array,
  extents: readonly [number, number, number],
  axis: number,
  kernel: Float64Array,
  sources: Int32Array,
): void {
  const extent = extents[axis] as number;
  const stride = extents.slice(0, axis).reduce((product, n) => product * n, 1);
  const width = kernel.length;
  const side = (width - 1) / 2;
  for (let block = 0; block < source.length; block += stride * extent) {
    for (let place = 0; place < extent; place++) {
      const to = block + place * stride;
      const row = place * width;
      const middle = kernel[side] as number;
      for (let s = 0; s < stride; s++) target[to + s] = middle * (source[to + s] as number);
      for (let k = 0; k < side; k++) {
        const weight = kernel[k] as number;
        const below = block + (sources[row + k] as number) * stride;
        const above = block + (sources[row + width - 1 - k] as number) * stride;
        for (let s = 0; s < stride; s++) {
          const both = (source[below + s] as number) + (source[above + s] as number);
          target[to + s] = (target[to + s] as number) + weight * both;
        }
      }
    }
  }
}
