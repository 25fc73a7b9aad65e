import type * as nifti from "nifti-reader-js";
import { mapping } from "./affine.ts";

type RawHeader = nifti.NIFTI1 | nifti.NIFTI2;
type Extents = readonly [number, number, number];

/** 4 × 4, row-major: the sform where set, else the qform, else the voxel sizes; null where it can't be inverted. */
export function affineOf(header: RawHeader, dimensions: Extents): number[] | null {
  const affine =
    header.sform_code > 0
      ? header.affine.flat()
      : header.qform_code > 0
        ? qformOf(header)
        : fromVoxelSizes(header, dimensions);
  const usable = affine.length === 16 && affine.every(Number.isFinite) && mapping(affine, affine) !== null;
  return usable ? affine : null;
}

/** What is doubtful of where the image lies, in a sentence or two. */
export function orientationRemark(header: RawHeader, dimensions: Extents): string | null {
  if (header.sform_code <= 0 && header.qform_code <= 0) {
    return "The header does not say how the image lies in space. Left and right can't be told apart.";
  }
  if (header.sform_code <= 0 || header.qform_code <= 0) return null;
  const [sform, qform] = [header.affine.flat(), qformOf(header)];
  const apart = mostApart(sform, qform, dimensions);
  if (!(apart > 1)) return null;
  return `The header's two orientations lie up to ${Math.round(apart)} mm apart. The sform is used, as by most tools.`;
}

function qformOf(header: RawHeader): number[] {
  const [qfac = 1, x = 1, y = 1, z = 1] = header.pixDims;
  return header
    .convertNiftiQFormToNiftiSForm(
      header.quatern_b,
      header.quatern_c,
      header.quatern_d,
      header.qoffset_x,
      header.qoffset_y,
      header.qoffset_z,
      x,
      y,
      z,
      qfac,
    )
    .flat();
}

/** As NiBabel and SPM place such an image: its middle at the origin, the first axis to the left. */
function fromVoxelSizes({ pixDims }: RawHeader, dimensions: Extents): number[] {
  const size = (axis: number): number => {
    const found = Math.abs(pixDims[axis + 1] ?? 1);
    return found > 0 ? found : 1;
  };
  const middle = (axis: number): number => ((dimensions[axis] ?? 1) - 1) / 2;
  const [x, y, z] = [-size(0), size(1), size(2)];
  return [x, 0, 0, -x * middle(0), 0, y, 0, -y * middle(1), 0, 0, z, -z * middle(2), 0, 0, 0, 1];
}

/** The greatest distance in mm of a corner of the grid under two affines. */
function mostApart(a: readonly number[], b: readonly number[], dimensions: Extents): number {
  let most = 0;
  for (let corner = 0; corner < 8; corner++) {
    const at = dimensions.map((extent, axis) => ((corner >> axis) & 1) * (extent - 1));
    const squared = [0, 1, 2].map((r) => {
      const d = (c: number): number => (a[r * 4 + c] ?? 0) - (b[r * 4 + c] ?? 0);
      return (d(0) * (at[0] ?? 0) + d(1) * (at[1] ?? 0) + d(2) * (at[2] ?? 0) + d(3)) ** 2;
    });
    most = Math.max(most, Math.sqrt(squared.reduce((sum, x) => sum + x, 0)));
  }
  return most;
}
