import type { Claim } from "#app/contract/claim.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Region } from "#app/contract/plan.ts";
import type { RunLength, RunPart } from "#app/contract/run-part.ts";
import type { Fold } from "./fold.ts";
import { expandProtocol } from "./protocols.ts";

export function claimOf({ protocol }: Plan): Claim {
  return protocol.name === "leave-one-subject-out" ? "new subject" : protocol.claim;
}

/** The folds of a Plan on these runs. @throws Fault plan/leak, plan/too-few-runs, plan/no-rows, dataset/unknown-run */
export function foldsOf(
  { protocol, region }: Plan,
  runs: readonly RunLength[],
  subjects: readonly string[],
): readonly Fold[] {
  const folds = expandProtocol(protocol, runs, subjects);
  for (const fold of folds) refuseLeak(fold, region);
  return folds;
}

/**
 * Refuses a fold in which volumes are tested that are also aligned (or selected, or tuned) on in any subject, or that
 * the region's parcels are made from. @throws Fault plan/leak
 */
export function refuseLeak(fold: Fold, region: Region): void {
  const from = region.kind === "parcels" ? region.from : [];
  for (const held of fold.held) {
    const { run } = held;
    if (fold.fit.some((part) => overlap(part, held)))
      throw new Fault("plan/leak", { run, does: "aligns on" });
    if (from.includes(run)) throw new Fault("plan/leak", { run, does: "makes parcels from" });
  }
}

function overlap(a: RunPart, b: RunPart): boolean {
  return a.run === b.run && a.from < b.to && b.from < a.to;
}
