import { Fault } from "#app/contract/fault.ts";
import { type BidsFile, isThere } from "./bids-files.ts";
import { isOfVoxels, isSurface } from "./bids-images.ts";

/** The images of one space: what differs in space, resolution, density or kind can't stand in one table. */
export interface BidsSpace {
  /** The space's own name, and what tells it from others of that name: "fsaverage5", "MNI152NLin2009cAsym_res-2". */
  readonly name: string;
  /** Its `space` entity; null of images that name none. */
  readonly entity: string | null;
  readonly images: readonly BidsFile[];
}

/** Spaces of one subject's own, in which voxels of two subjects do not correspond. */
const own = /^(T1w|T2w|anat|orig|native|func|bold|boldref|individual|subject|scanner|fsnative)$/i;

/** Whether a space is common to subjects: null where its name is missing. */
export function isCommon(entity: string | null): boolean | null {
  return entity === null ? null : !own.test(entity);
}

/**
 * The spaces that there are images in, the best first: common ones before subjects' own, volumes before surfaces, and
 * of those the commonest, MNI where two are as common. What names no space comes last.
 */
export function spacesOf(images: readonly BidsFile[]): BidsSpace[] {
  const byKey = new Map<string, BidsFile[]>();
  for (const image of images) {
    const known = byKey.get(keyOf(image));
    if (known) known.push(image);
    else byKey.set(keyOf(image), [image]);
  }
  const found = [...byKey].map(([key, own]) => ({ key, entity: entityOf(own[0]), images: own }));
  const named = found.map(({ key, entity, images: own }) => {
    const alone = found.filter((other) => other.entity === entity).length === 1;
    return { name: alone ? (entity ?? "") : key, entity, images: own };
  });
  return named.sort((a, b) => rankOf(b) - rankOf(a));
}

/** The space of that name, or the best where none is asked for. @throws Fault dataset/unknown-space */
export function chooseSpace(spaces: readonly BidsSpace[], wanted: string | null): BidsSpace | undefined {
  if (wanted === null) return spaces[0];
  const found = spaces.find(({ name }) => name === wanted) ?? spaces.find(({ entity }) => entity === wanted);
  if (found === undefined) {
    const known = spaces.map(({ name }) => name).join(", ");
    throw new Fault("dataset/unknown-space", { space: wanted, known: known || "none" });
  }
  return found;
}

function entityOf(image: BidsFile | undefined): string | null {
  return image?.name.entities.get("space") ?? null;
}

function keyOf(image: BidsFile): string {
  const { entities } = image.name;
  const finer = ["res", "den"].flatMap((key) => (entities.has(key) ? [`${key}-${entities.get(key)}`] : []));
  const kind = isOfVoxels(image) ? [] : [isSurface(image) ? "surface" : "grayordinates"];
  return [entities.get("space") ?? "", ...finer, ...kind].join("_");
}

function rankOf({ entity, images }: BidsSpace): number {
  const [first] = images;
  const common = { true: 4e6, false: 2e6, null: 0 }[`${isCommon(entity)}`];
  const volume = first !== undefined && isOfVoxels(first) ? 1e6 : 0;
  const count = images.filter(isThere).length;
  // What is not there yet can't be shown, however good.
  return (count === 0 ? -1e7 : 0) + common + volume + count + (entity?.startsWith("MNI") ? 0.5 : 0);
}
