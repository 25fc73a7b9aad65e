import { type Random, randomOf } from "#app/linalg/random.ts";
import { type Block, blocksOf, design } from "./example-design.ts";
import { type ExampleVolume, placeIn } from "./example-volume.ts";
import { responseBasis } from "./haemodynamics.ts";
import { smoothField } from "./smooth-field.ts";

/** Directions of the representational space that all subjects share. */
export const LATENT = 20;
/** Share of the variance of a topography that subjects have in common, once their folding is undone. */
const COMMON = 0.5;
/** How far a subject's folding moves a place, and how far topographies stay alike, in mm. */
const WARP_MM = 4.5;
const WARP_LENGTH_MM = 25;
const TOPOGRAPHY_LENGTH_MM = 6;
/** Size of what is particular to one block, beside its condition. */
const BLOCK_SHARE = 0.6;
/** Response of a typical voxel, and the noise, in units of the image. */
const RESPONSE = 4.2;
const NOISE = 36;
const AUTOREGRESSION = 0.35;
const DRIFT = 12;
const BASELINE = 1000;

/** What one subject's voxels do: fixed over the runs. */
export interface ExampleSubject {
  readonly voxels: Int32Array;
  /** Voxels × LATENT. */
  readonly topography: Float64Array;
  readonly delay: Float64Array;
  readonly dispersion: Float64Array;
  readonly noise: Float64Array;
  readonly baseline: Float64Array;
}

/** Voxels that do not respond hold noise alone. */
export function exampleSubject(
  seed: number,
  subject: number,
  { grid, brain, responding }: ExampleVolume,
): ExampleSubject {
  const placeOf = (at: number) => placeIn(grid, at);
  const shared = randomOf(seed, "topographies");
  const own = randomOf(seed, `subject ${subject}`);
  const common = Array.from({ length: LATENT }, () => smoothField(shared, TOPOGRAPHY_LENGTH_MM));
  const individual = Array.from({ length: LATENT }, () => smoothField(own, TOPOGRAPHY_LENGTH_MM));
  const warp = [0, 1, 2].map(() => smoothField(own, WARP_LENGTH_MM));
  const [delayField, dispersionField] = [smoothField(own, 10), smoothField(own, 10)];
  const subjectNoise = Math.exp(0.2 * own.gaussian());
  const voxels = Int32Array.from(brain.keys()).filter((at) => brain[at] === 1);
  const topography = new Float64Array(voxels.length * LATENT);
  voxels.forEach((at, voxel) => {
    if (responding[at] !== 1) return;
    const place = placeOf(at);
    const [x, y, z] = place.map((mm, axis) => mm + WARP_MM * (warp[axis]?.(...place) ?? 0)) as [
      number,
      number,
      number,
    ];
    const gain = Math.exp(0.3 * own.gaussian());
    for (let k = 0; k < LATENT; k++) {
      topography[voxel * LATENT + k] =
        gain *
        (Math.sqrt(COMMON) * (common[k]?.(x, y, z) ?? 0) +
          Math.sqrt(1 - COMMON) * (individual[k]?.(...place) ?? 0));
    }
  });
  const perVoxel = (value: (at: number) => number) => Float64Array.from(voxels, (at) => value(at));
  return {
    voxels,
    topography,
    delay: perVoxel((at) => 0.8 * delayField(...placeOf(at)) + 0.3 * own.gaussian()),
    dispersion: perVoxel((at) => 0.1 * dispersionField(...placeOf(at))),
    noise: perVoxel(() => NOISE * subjectNoise * Math.exp(0.35 * own.gaussian())),
    baseline: perVoxel(() => BASELINE + 80 * own.gaussian()),
  };
}

/** One run of the blocks of a subject: volumes × voxels, row-major. */
export function exampleRun(seed: number, subject: number, run: number, about: ExampleSubject): Float32Array {
  const blocks = blocksOf(seed, run);
  const amplitudes = amplitudesOf(seed, run, blocks, about);
  const { volumes, repetitionTimeSeconds: tr, blockSeconds } = design;
  const bases = blocks.map(({ onset }) => responseBasis(onset, blockSeconds, volumes, tr));
  const count = about.voxels.length;
  return recorded(about, { volumes, random: randomOf(seed, `noise ${subject} ${run}`) }, (voxel, signal) => {
    const [delay, dispersion] = [about.delay[voxel] as number, about.dispersion[voxel] as number];
    for (const [block, [canonical, later, wider]] of bases.entries()) {
      const amplitude = amplitudes[block * count + voxel] as number;
      if (amplitude === 0) continue;
      for (let volume = 0; volume < volumes; volume++) {
        signal[volume] =
          (signal[volume] as number) +
          amplitude *
            ((canonical[volume] as number) +
              delay * (later[volume] as number) +
              dispersion * (wider[volume] as number));
      }
    }
  });
}

interface Recording {
  readonly volumes: number;
  readonly random: Random;
}

/** What a scanner makes of each voxel's response, which is added to zeros: volumes × voxels, row-major. */
export function recorded(
  about: ExampleSubject,
  { volumes, random }: Recording,
  respond: (voxel: number, signal: Float64Array) => void,
): Float32Array {
  const count = about.voxels.length;
  const out = new Float32Array(volumes * count);
  for (let voxel = 0; voxel < count; voxel++) {
    const drift = driftOf(random);
    const signal = new Float64Array(volumes);
    respond(voxel, signal);
    const fresh = (about.noise[voxel] as number) * Math.sqrt(1 - AUTOREGRESSION ** 2);
    let noise = (about.noise[voxel] as number) * random.gaussian();
    for (let volume = 0; volume < volumes; volume++) {
      noise = AUTOREGRESSION * noise + fresh * random.gaussian();
      out[volume * count + voxel] =
        (about.baseline[voxel] as number) +
        RESPONSE * (signal[volume] as number) +
        noise +
        drift(volume / volumes);
    }
  }
  return out;
}

/** Blocks × voxels: each block is its condition's point in the shared space and something of its own. */
function amplitudesOf(
  seed: number,
  run: number,
  blocks: readonly Block[],
  { topography, voxels }: ExampleSubject,
): Float64Array {
  const out = new Float64Array(blocks.length * voxels.length);
  blocks.forEach(({ condition }, block) => {
    const ofCondition = randomOf(seed, `condition ${condition}`);
    const ofBlock = randomOf(seed, `block ${run} ${condition}`);
    const point = Float64Array.from(
      { length: LATENT },
      () => (ofCondition.gaussian() + BLOCK_SHARE * ofBlock.gaussian()) / Math.sqrt(LATENT),
    );
    for (let voxel = 0; voxel < voxels.length; voxel++) {
      let sum = 0;
      for (let k = 0; k < LATENT; k++)
        sum += (topography[voxel * LATENT + k] as number) * (point[k] as number);
      out[block * voxels.length + voxel] = sum;
    }
  });
  return out;
}

/** A scanner's slow drift over the share of the run that has passed. */
function driftOf(random: Random): (share: number) => number {
  const [line, slow, slower] = [random.gaussian(), random.gaussian(), random.gaussian()];
  return (share) =>
    DRIFT *
    (line * (share - 0.5) +
      0.6 * slow * Math.cos(Math.PI * share) +
      0.4 * slower * Math.cos(2 * Math.PI * share));
}
