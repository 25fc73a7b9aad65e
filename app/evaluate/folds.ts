import { Fault } from "#app/contract/fault.ts";
import type { Protocol } from "#app/contract/plan.ts";

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

/** Refuses a fold in which a run is both aligned (or selected on) and tested. @throws Fault plan/leak */
export function refuseLeak(fold: Fold): void {
  for (const run of fold.testRuns) {
    if (fold.alignRuns.includes(run)) throw new Fault("plan/leak", { run });
  }
}
