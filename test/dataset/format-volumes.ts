import { createHash } from "node:crypto";
import type { Format, FoundImage } from "#app/dataset/format.ts";

/** The one image of a file and all its volumes, T × V. */
export async function readWhole(
  format: Format,
  path: string,
  companionPath: string | null = null,
): Promise<{ image: FoundImage; values: Float32Array }> {
  const [image] = await format.describe(path, companionPath);
  if (image === undefined) throw new Error("no image");
  const [columns] = image.grid.dimensions;
  const values = new Float32Array(image.volumes * columns);
  const all = Int32Array.from({ length: columns }, (_, at) => at);
  await format.eachVolume({ path, companionPath, ...image }, all, (volume, row) =>
    values.set(volume, row * columns),
  );
  return { image, values };
}

/** As the fixtures' expected.json counts it: of the values as little-endian float64. */
export function float64Hash(values: Float32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest("hex");
}
