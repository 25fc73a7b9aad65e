import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Dataset, Problem } from "#app/contract/dataset.ts";
import type { BidsImage } from "./bids-choice.ts";
import { isCommon } from "./bids-spaces.ts";
import { isInside } from "./folder-border.ts";

/** What a dataset_description.json says of where its files are from. */
const Origin = z.object({
  DatasetType: z.string().catch(""),
  GeneratedBy: z.array(z.object({ Name: z.string().catch("") })).catch([]),
  /** Before BIDS 1.4. */
  PipelineDescription: z
    .object({ Name: z.string().catch("") })
    .nullable()
    .catch(null),
});

const largestBytes = 4e6;

const notAligned = "They can be looked at, and not aligned.";
const advice =
  "Preprocess them first, for instance with fMRIPrep and an output space such as MNI152NLin2009cAsym.";

/** Said of images that nothing is known of. */
export const unknownPreprocessing: Problem = {
  severity: "warning",
  text: "Nothing says that the images were brought to one space. Where they were not, voxels do not correspond.",
};

/**
 * Whether the images of one space (its entity, or null) were brought to a space that subjects share, and what of it a
 * person should know. Where the names do not say it, the descriptions between the images and `root` do.
 */
export async function toldPreprocessing(
  root: string,
  entity: string | null,
  images: readonly BidsImage[],
): Promise<{ preprocessing: Dataset["preprocessing"]; problems: Problem[] }> {
  const common = isCommon(entity);
  if (common === true) return { preprocessing: "told", problems: [] };
  if (common === false) {
    return missing(`The images lie in each subject's own space (${entity}). ${notAligned} ${advice}`);
  }
  const worked = images.filter(({ file: { name } }) => name.words.length > 0 || name.entities.has("desc"));
  const untouched = images.find((image) => !worked.includes(image));
  const origin = await originOf(root, (untouched ?? images[0])?.file.path ?? root);
  if (origin === null) return { preprocessing: "unknown", problems: [unknownPreprocessing] };
  const makers = [...origin.GeneratedBy, ...(origin.PipelineDescription ? [origin.PipelineDescription] : [])];
  const raw = origin.DatasetType === "raw" || (makers.length === 0 && origin.DatasetType !== "derivative");
  if (raw && untouched !== undefined) {
    return missing(
      `These are raw images: dataset_description.json names no program that made them. Motion correction, correction of distortions and the way to a common space are missing. ${notAligned} ${advice}`,
    );
  }
  // fMRIPrep leaves the space out of the names of what it keeps as scanned.
  if (makers.some(({ Name }) => /fmriprep/i.test(Name))) {
    return missing(`fMRIPrep left these images in each subject's own space. ${notAligned} ${advice}`);
  }
  return { preprocessing: "unknown", problems: [unknownPreprocessing] };
}

function missing(text: string): { preprocessing: "missing"; problems: Problem[] } {
  return { preprocessing: "missing", problems: [{ severity: "error", text }] };
}

/** The description nearest to a file, at most as far up as `root`. */
async function originOf(root: string, path: string): Promise<z.infer<typeof Origin> | null> {
  for (let folder = dirname(path); isInside(root, folder); folder = dirname(folder)) {
    const description = join(folder, "dataset_description.json");
    try {
      if ((await stat(description)).size > largestBytes) continue;
      const text = await readFile(description, "utf8");
      return Origin.parse(JSON.parse(text.replace(/^\uFEFF/, "")));
    } catch {
      // There is none, or a broken one: what lies above it may say something.
    }
    if (dirname(folder) === folder) break;
  }
  return null;
}
