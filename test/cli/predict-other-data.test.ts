import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { concord } from "#test/cli/concord.ts";
import { boldOf, tinyPlan, tinyStudy, varying, writeStudy } from "#test/dataset/tiny-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

test("a run of another folder is compared with the Plan's common space, or it is said why not", async () => {
  const study = await writeStudy(tinyStudy());
  const elsewhere = await writeStudy({
    [boldOf("02", "task-new")]: varying(9, 7),
    [boldOf("03", "task-new")]: varying(9, 8),
    [boldOf("03", "task-coarse")]: { ...varying(9, 8), voxel: [4, 4, 4] },
  });
  const folder = temporaryFolder("elsewhere");
  const plan = join(study, "plan.json");
  await writeFile(plan, JSON.stringify(tinyPlan(study)));
  const predict = (name: string, ...more: readonly string[]) =>
    concord("predict", plan, "--workers", "1", "--out", join(folder, name), "--data", elsewhere, ...more);

  const { stderr, stdout } = await predict("new", "--subject", "sub-02", "--run", "task-new");
  expect(stderr).toBe("");
  const run = `task-new of ${basename(elsewhere)}`;
  expect(stdout).toContain(`sub-02, ${run}: `);
  const told = JSON.parse(await readFile(join(folder, "new", "prediction.json"), "utf8"));
  expect(told).toMatchObject({
    run,
    conditions: ["face", "house"],
    fitRuns: ["task-a_run-1", "task-a_run-2"],
    patternRuns: ["task-a_run-1", "task-a_run-2"],
    accuracy: null,
  });
  expect(told.rows).toHaveLength(9);
  expect(told.rows[0].scores).toHaveLength(2);

  const refused = async (...more: readonly string[]) => (await predict("none", ...more)).stderr;
  expect(await refused("--subject", "sub-02", "--run", "task-a")).toBe(
    "There is no run task-a. Use one of: task-coarse, task-new.\n",
  );
  expect(await refused("--subject", "sub-01", "--run", "task-new")).toBe(
    "There is no subject sub-01. Use one of: sub-02, sub-03.\n",
  );
  expect(await refused("--subject", "sub-03", "--run", "task-coarse")).toContain(
    "the Plan's data and task-coarse",
  );
  expect(await refused("--subject", "sub-02", "--run", "task-new", "--samples", "events")).toContain(
    "has no events",
  );
});
