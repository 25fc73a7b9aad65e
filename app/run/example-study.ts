import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type BrainSize, type ExampleKind, writeExampleStudy } from "#app/example/example-study.ts";

/** Decides all that is random in the example study that the window opens. */
const USUAL_SEED = 1;

/** The template's file name in the folder of data. */
export const templateFile = "mni152-nlin2009asym_t1.nii.gz";

interface Options {
  readonly kind?: ExampleKind;
  readonly seed?: number;
  readonly size?: BrainSize;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

/** Writes the example study into `folder` unless it lies there already: it is only ever whole or absent. */
export async function ensureExample(
  folder: string,
  data: string,
  { kind = "objects", seed = USUAL_SEED, size, onProgress }: Options,
): Promise<void> {
  if ((await stat(folder).catch(() => null)) !== null) return;
  await writeExampleStudy(folder, {
    kind,
    seed,
    ...(size === undefined ? {} : { size }),
    templatePath: join(data, templateFile),
    onProgress: (done, total) => onProgress?.({ done, total }),
  });
}
