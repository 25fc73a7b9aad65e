import { Fault } from "#app/contract/fault.ts";
import type { Plan, Protocol, Region } from "#app/contract/plan.ts";

export type Role = "align" | "select" | "train" | "test";

/**
 * One test of one subject. A cell is a (subject, run); its roles are what its rows are used for. `align` and
 * `test` name the runs: all subjects have the same roles in a run but the tested subject's own.
 */
export interface Fold {
  readonly id: string;
  readonly alignRuns: readonly string[];
  readonly testRuns: readonly string[];
}

/** The folds of a protocol. In each, every subject is tested in turn against a classifier of the others. */
export function expandProtocol(protocol: Protocol, runs: readonly string[]): readonly Fold[] {
  switch (protocol.name) {
    case "leave-one-run-out":
      return runs.map((run) => ({
        id: run,
        alignRuns: runs.filter((other) => other !== run),
        testRuns: [run],
      }));
    case "fit-test": {
      for (const run of [...protocol.fit, ...protocol.test]) {
        if (!runs.includes(run)) throw new Fault("dataset/unknown-run", { run, known: runs.join(", ") });
      }
      return [{ id: "fit-test", alignRuns: protocol.fit, testRuns: protocol.test }];
    }
    case "leave-one-subject-out":
      return [{ id: "all", alignRuns: [], testRuns: runs }];
  }
}

/** The roles of a cell in the test of `tested`. */
export function rolesOf(fold: Fold, subject: string, run: string, tested: string): ReadonlySet<Role> {
  const roles = new Set<Role>();
  if (fold.alignRuns.includes(run)) roles.add("align").add("select");
  if (fold.testRuns.includes(run)) roles.add(subject === tested ? "test" : "train");
  return roles;
}

/**
 * Refuses a fold in which a run is tested that is also aligned (or selected) on, or that the region's parcels are made
 * from. @throws Fault plan/leak
 */
export function refuseLeak(fold: Fold, region: Region): void {
  const from = region.kind === "parcels" ? region.from : [];
  for (const run of fold.testRuns) {
    if (fold.alignRuns.includes(run)) throw new Fault("plan/leak", { run, does: "aligns on" });
    if (from.includes(run)) throw new Fault("plan/leak", { run, does: "makes parcels from" });
  }
}

/** The folds of a Plan on these runs. @throws Fault plan/leak, plan/too-few-runs, dataset/unknown-run */
export function foldsOf({ protocol, region }: Plan, runs: readonly string[]): readonly Fold[] {
  const folds = expandProtocol(protocol, runs);
  if (protocol.name === "leave-one-run-out" && folds.length < 2) throw new Fault("plan/too-few-runs");
  for (const fold of folds) refuseLeak(fold, region);
  return folds;
}
