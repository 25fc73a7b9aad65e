import type { Grid } from "#app/contract/dataset.ts";

const HEADER_BYTES = 352;

/** A 3-D float32 NIfTI-1 image in memory, for the viewer: it takes images as files only. */
export function niftiBytes({ dimensions, affine }: Grid, values: Float32Array): ArrayBuffer {
  const out = new ArrayBuffer(HEADER_BYTES + values.byteLength);
  const view = new DataView(out);
  view.setInt32(0, 348, true);
  [3, ...dimensions, 1, 1, 1, 1].forEach((extent, at) => {
    view.setInt16(40 + 2 * at, extent, true);
  });
  view.setInt16(70, 16, true);
  view.setInt16(72, 32, true);
  [0, 1, 2].forEach((column) => {
    const size = Math.hypot(...[0, 4, 8].map((row) => affine[row + column] as number));
    view.setFloat32(80 + 4 * column, size, true);
  });
  view.setFloat32(108, HEADER_BYTES, true);
  view.setFloat32(112, 1, true);
  view.setUint8(123, 2);
  view.setInt16(254, 4, true);
  affine.slice(0, 12).forEach((value, at) => {
    view.setFloat32(280 + 4 * at, value, true);
  });
  [0x6e, 0x2b, 0x31].forEach((sign, at) => {
    view.setUint8(344 + at, sign);
  });
  new Float32Array(out, HEADER_BYTES).set(values);
  return out;
}
