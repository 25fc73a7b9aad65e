import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Region, RegionOf } from "#app/contract/plan.ts";
import { type Atlas, nameOfLabel, readAtlas } from "#app/dataset/atlas.ts";
import { type BrainVoxels, brainVoxels } from "#app/dataset/brain-voxels.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import { refuseNoVolume } from "#app/dataset/volume-only.ts";
import { type ChosenFiles, chooseFiles } from "./chosen-files.ts";
import { namedFile } from "./named-file.ts";
import type { Parcels } from "./parcels/parcels.ts";
import { sphereVoxels } from "./sphere.ts";

/** The voxels of a Plan's region, on the grid of the images. */
export interface RegionVoxels {
  /** Linear, i + nx*(j + ny*k), ascending. */
  readonly indices: Int32Array;
  /** Whether a mask or atlas lay off the images' lattice, so that the nearest of its voxels were taken. */
  readonly resampled: boolean;
  /** What the chosen labels are called; empty where the region is not of labels. */
  readonly names: readonly string[];
  /** Sentences of what was resampled, and of what subjects lack. */
  readonly remarks: readonly string[];
}

/** Makes the parcels of a brain, or has them. */
type MakeParcels = (brain: Int32Array, region: RegionOf<"parcels">) => Promise<Parcels>;

/**
 * The voxels of a Plan's region.
 * @throws Fault region/…, image/… of a mask or atlas; the signal's reason when parcels are made
 */
export async function regionVoxels(
  dataset: Dataset,
  chosen: ChosenFiles,
  plan: Plan,
  parcelsOf: MakeParcels,
): Promise<RegionVoxels> {
  const { region } = plan;
  if (region.kind === "mask") return maskRegion(dataset, chosen, region);
  const brain = await chosenBrain(chosen);
  const within = { resampled: brain.resampled, names: [], remarks: brainRemarks(brain) };
  if (region.kind === "brain") {
    return { indices: refuseEmpty(brain.indices, "of the brain masks"), ...within };
  }
  if (region.kind === "sphere") {
    refuseNoVolume(chosen.grid, "of a sphere");
    const sphere = sphereVoxels(chosen.grid, region.centreMm, region.radiusMm);
    const indices = bothOf(brain.indices, sphere);
    return { ...within, indices: refuseEmpty(indices, `around ${region.centreMm.join(", ")} mm`) };
  }
  if (region.kind === "labels") {
    const atlas = await regionAtlas(dataset, chosen, region);
    const indices = labelled(brain.indices, atlas, region);
    return {
      indices: refuseEmpty(indices, region.path),
      resampled: brain.resampled || atlas.resampled,
      names: region.labels.map((label) => nameOfLabel(atlas.names, label)),
      remarks: [...within.remarks, ...lyingRemarks("atlas", atlas)],
    };
  }
  const parcels = await parcelsOf(brain.indices, region);
  const kept = region.parcels === null ? null : new Set(region.parcels);
  const stranger = region.parcels?.find((parcel) => parcel > region.count);
  if (stranger !== undefined) {
    const path = `The set of ${region.count} parcels`;
    throw new Fault("region/unknown-label", { path, label: String(stranger) });
  }
  if (kept?.size === 0) throw new Fault("region/no-label", { path: `the ${region.count} parcels` });
  const indices = parcels.voxels.filter((_, at) => kept?.has(parcels.labels[at] as number) ?? true);
  return { ...within, indices: refuseEmpty(indices, "of the parcels") };
}

/** The atlas of a region of labels. @throws Fault region/not-volume, region/table, image/… */
export function regionAtlas(
  dataset: Dataset,
  { grid }: ChosenFiles,
  { path, table }: RegionOf<"labels">,
): Promise<Atlas> {
  refuseNoVolume(grid, path);
  const tablePath = table === null ? null : namedFile(dataset, table);
  return readAtlas(namedFile(dataset, path), tablePath, grid);
}

/** The voxels that all subjects of a Plan have. */
export async function chosenBrain({ files, grid }: ChosenFiles): Promise<BrainVoxels> {
  if (files.some(({ maskPath }) => maskPath !== null)) refuseNoVolume(grid, "of the brain masks");
  return brainVoxels(files as readonly RunFile[] as readonly [RunFile, ...RunFile[]]);
}

/** The files that a region is read from beside the images: full paths. */
export function regionFiles(dataset: Dataset, region: Region, files: readonly RunFile[]): string[] {
  if (region.kind === "mask") return [namedFile(dataset, region.path)];
  const masks = files.flatMap(({ maskPath }) => maskPath ?? []);
  if (region.kind !== "labels") return masks;
  return [
    ...masks,
    ...[region.path, region.table].flatMap((path) => (path === null ? [] : [namedFile(dataset, path)])),
  ];
}

/**
 * How many voxels the region of a Plan covers, from its masks alone; of parcels that are not made yet, at most.
 * @throws Fault as `prepare` would of the choice and the region
 */
export async function describeRegion(
  dataset: Dataset,
  plan: Plan,
  made: Parcels | null = null,
): Promise<{ voxels: number; resampled: boolean; atMost: boolean }> {
  const chosen = chooseFiles(dataset, plan);
  const unknown = plan.region.kind === "parcels" && made === null;
  const asked: Plan = unknown ? { ...plan, region: { kind: "brain" } } : plan;
  const parcelsOf = async () => made ?? { voxels: new Int32Array(0), labels: new Int32Array(0) };
  const { indices, resampled } = await regionVoxels(dataset, chosen, asked, parcelsOf);
  return { voxels: indices.length, resampled, atMost: unknown };
}

async function maskRegion(
  dataset: Dataset,
  { files, grid }: ChosenFiles,
  { path }: RegionOf<"mask">,
): Promise<RegionVoxels> {
  refuseNoVolume(grid, path);
  const held = await Promise.all(files.map((file) => formatOf(file).voxels(file)));
  const found = await voxelsInside(grid, [namedFile(dataset, path)], held);
  const remarks = lyingRemarks("mask", found);
  return { indices: refuseEmpty(found.indices, path), resampled: found.resampled, names: [], remarks };
}

/** The voxels of the chosen labels. @throws Fault region/no-label, region/unknown-label */
function labelled(brain: Int32Array, atlas: Atlas, { path, labels }: RegionOf<"labels">): Int32Array {
  if (labels.length === 0) throw new Fault("region/no-label", { path });
  const known = new Set(atlas.labels);
  const stranger = labels.find((label) => !known.has(label));
  if (stranger !== undefined) throw new Fault("region/unknown-label", { path, label: String(stranger) });
  const chosen = new Set(labels);
  return brain.filter((voxel) => chosen.has(atlas.values[voxel] as number));
}

/** What lies in both of two ascending lists. */
function bothOf(a: Int32Array, b: Int32Array): Int32Array {
  const listed = new Set(b);
  return a.filter((voxel) => listed.has(voxel));
}

function refuseEmpty(indices: Int32Array, path: string): Int32Array {
  if (indices.length === 0) throw new Fault("region/empty", { path });
  return indices;
}

function lyingRemarks(what: string, lying: { resampled: boolean; otherShape: boolean }): string[] {
  if (lying.resampled) return [`The ${what} lay on another grid; the nearest of its voxels were taken.`];
  if (!lying.otherShape) return [];
  return [
    `The ${what} had another number of voxels than the images, on the same lattice; they were matched by place.`,
  ];
}

function brainRemarks(brain: BrainVoxels): string[] {
  const lacking = brain.lacking.map(({ subject, voxels }) => `${subject} ${voxels}`).join(", ");
  return [
    ...lyingRemarks("brain mask", brain),
    ...(lacking === ""
      ? []
      : [`Of the ${brain.any} voxels in any subject's brain mask, subjects lack: ${lacking}.`]),
  ];
}
