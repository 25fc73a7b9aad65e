import type { Reporter, Suite } from "@playwright/test/reporter";

/** Names every end-to-end test that was skipped. In CI one is enough to fail: nobody reads there. */
export default class SkippedTests implements Reporter {
  #suite: Suite | null = null;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  async onEnd(): Promise<{ status: "failed" } | undefined> {
    const tests = this.#suite?.allTests() ?? [];
    const skipped = tests.filter((test) => test.outcome() === "skipped");
    if (skipped.length === 0) return undefined;
    const names = skipped.map((test) => `  ${test.titlePath().filter(Boolean).join(" > ")}`);
    console.log(`Skipped tests:\n${names.join("\n")}`);
    if (!process.env.CI) return undefined;
    console.error("In CI a skipped test is a failure.");
    return { status: "failed" };
  }
}
