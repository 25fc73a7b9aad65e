import type { Plan } from "./plan.ts";

/** From where a place's values after alignment may come; "" where nothing was aligned. */
export function reachSentence({ method: { pieces }, protocol }: Plan): string {
  if (protocol.name === "leave-one-subject-out") return "";
  const { kind } = pieces;
  if (kind === "searchlights")
    return `After alignment a voxel draws on a subject's voxels within ${2 * Math.max(pieces.radiusMm, ...pieces.radiiMm)} mm of it.`;
  const drawn = kind === "whole" ? "voxel of the region" : "voxel of its parcel";
  return `After alignment each voxel draws on every ${drawn} in a subject: what is told apart there need not come from there. Aligned in searchlights it comes from near.`;
}
