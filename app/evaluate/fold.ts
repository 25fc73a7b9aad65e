import type { Scheme } from "#app/contract/claim.ts";
import type { Role } from "#app/contract/preview.ts";
import type { RunPart } from "#app/contract/run-part.ts";

/**
 * One round of fitting and testing. A cell is a subject's part of a run; its roles are what its rows are used for:
 * `rolesOf`. Parts of neither list have none.
 */
export interface Fold {
  readonly id: string;
  /** Aligned on, voxels selected on, parameters chosen on. */
  readonly fit: readonly RunPart[];
  /** Tested, each subject against a classifier of the others. */
  readonly held: readonly RunPart[];
  /** The one subject tested, who is not part of the space but added to it; null where each is tested in turn. */
  readonly newcomer: string | null;
  readonly scheme: Scheme;
}

/** The roles of a subject's cell in the test of `tested`. */
export function rolesOf(
  fold: Fold,
  side: "fit" | "held",
  subject: string,
  tested: string,
): ReadonlySet<Role> {
  if (side === "held")
    return new Set<Role>(subject === tested ? ["test"] : fold.scheme === "A" ? ["train"] : []);
  return new Set<Role>(
    fold.scheme === "B" && subject !== tested ? ["align", "select", "train"] : ["align", "select"],
  );
}
