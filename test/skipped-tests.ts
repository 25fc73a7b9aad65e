import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";

/** Names every test that was skipped or is yet to be written. In CI one is enough to fail: nobody reads there. */
export class SkippedTests implements Reporter {
  #byName = false;

  onInit({ config }: Vitest): void {
    this.#byName = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    // Those that a person asked for by name leave out the others, and so does an interruption.
    if (this.#byName || reason === "interrupted") return;
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests("skipped")].map((test) => `${module.relativeModuleId} > ${test.fullName}`),
    );
    if (skipped.length === 0) return;
    console.log(`Skipped tests:\n${skipped.map((name) => `  ${name}`).join("\n")}`);
    if (!process.env.CI) return;
    console.error("In CI a skipped test is a failure.");
    process.exitCode = 1;
  }
}
