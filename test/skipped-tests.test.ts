import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
let folder: string;

/** A project of its own with one test that runs and two that do not, under each runner. */
beforeAll(async () => {
  // Below the project, where the runners are found, and where git does not look.
  await mkdir(join(here, "..", "out"), { recursive: true });
  folder = await mkdtemp(join(here, "..", "out", "skipped-"));
  const vitest = JSON.stringify(join(here, "skipped-tests.ts"));
  const playwright = JSON.stringify(join(here, "e2e", "skipped-tests.ts"));
  await writeFile(
    join(folder, "vitest.config.ts"),
    `import { SkippedTests } from ${vitest};
     export default { test: { include: ["own.ts"], reporters: [new SkippedTests()] } };`,
  );
  await writeFile(
    join(folder, "own.ts"),
    `import { expect, test } from "vitest";
     test("runs", () => expect(1).toBe(1));
     test.skip("waits for data", () => {});
     test.todo("is to be written");`,
  );
  await writeFile(
    join(folder, "playwright.config.ts"),
    `export default { testMatch: "own.spec.ts", reporter: [[${playwright}]] };`,
  );
  await writeFile(
    join(folder, "own.spec.ts"),
    `import { test } from "@playwright/test";
     test("runs", () => {});
     test.skip("waits for data", () => {});`,
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function run(script: string, args: readonly string[], ci: string) {
  const env = { ...process.env, CI: ci, NO_COLOR: "1" };
  const command = [join(modules, script), ...args];
  const ended = promisify(execFile)(process.execPath, command, { cwd: folder, env });
  return ended.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

test.each([
  ["vitest", "vitest/vitest.mjs", ["run"], "own.ts > waits for data\n  own.ts > is to be written\n"],
  ["Playwright", "@playwright/test/cli.js", ["test"], "own.spec.ts > waits for data\n"],
] as const)("%s names its skipped tests, and fails for them in CI alone", async (_, script, args, names) => {
  const outside = await run(script, args, "");
  expect(outside.stdout).toContain(`Skipped tests:\n  ${names}`);
  expect(outside.code).toBe(0);
  const inside = await run(script, args, "1");
  expect(inside.stdout).toContain(`Skipped tests:\n  ${names}`);
  expect(inside.code).toBe(1);
});
