import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { concord } from "#test/cli/concord.ts";
import { fixtures } from "#test/dataset/fixtures.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

describe.skipIf(sharedFolder === null)("runs on the left hemisphere of fsaverage5", () => {
  let folder: string;

  beforeAll(async () => {
    folder = temporaryFolder("surface-run");
    for (const subject of ["sub-01", "sub-02", "sub-03"]) {
      const name = (run: string) => `${subject}_task-movie_${run}hemi-L_space-fsaverage5_bold.func.gii`;
      // One recording stands for two runs: what is looked at here is what lies near what.
      for (const run of ["run-1_", "run-2_"])
        await cp(join(fixtures, "surface", name("")), join(folder, "study", subject, "func", name(run)));
    }
    const events = Array.from(
      { length: 14 },
      (_, at) => `${8 * at}\t8\t${at % 2 === 0 ? "face" : "house"}\n`,
    );
    const table = `onset\tduration\ttrial_type\n${events.join("")}`;
    await writeFile(join(folder, "study", "task-movie_events.tsv"), table);
  });

  async function shape(name: string): Promise<void> {
    const file = join("fsaverage5", name);
    await cp(join(fixtures, "surface", file), join(folder, "study", file));
  }

  async function run(out: string, method: object) {
    const plan = {
      version: 1,
      dataset: { path: "study" },
      region: { kind: "brain" },
      samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 0 } },
      method,
      protocol: { name: "leave-one-run-out" },
      classifier: { name: "nearest-class-correlation" },
    };
    await writeFile(join(folder, `${out}.json`), JSON.stringify(plan));
    return await concord("run", join(folder, `${out}.json`), "--out", join(folder, out));
  }

  async function told(out: string) {
    const read = async (name: string) => JSON.parse(await readFile(join(folder, out, name), "utf8"));
    return {
      results: await read("results.json"),
      inputs: (await read("inputs.json")).map(({ path }: { path: string }) => path),
      methods: await readFile(join(folder, out, "methods.md"), "utf8"),
    };
  }

  test("are refused in searchlights and by seeds while only an inflated cortex lies there", async () => {
    await shape("infl_left.gii.gz");
    const pieces = { kind: "searchlights", radiusMm: 10, spacingMm: 10 };
    for (const method of [{ name: "warp", pieces }, { name: "promises" }]) {
      const { stderr } = await run("refused", method);
      expect(stderr).toContain("measured along the folded cortex");
    }
  });

  test("go along the white surface once it lies there, and say so", async () => {
    await shape("white.left.gii.gz");
    const discs = { radiusMm: 10, spacingMm: 10 };
    await run("local", { name: "warp", pieces: { kind: "searchlights", ...discs } });
    const local = await told("local");
    expect(local.inputs).toContain("fsaverage5/white.left.gii.gz");
    expect(local.methods).toContain(
      "It was used in searchlights of 10 mm along the cortex (by the shortest way over the edges of fsaverage5/white.left.gii.gz; Oosterhof et al., 2011) around voxels at most 10 mm apart",
    );
    // Patterns that were planted alike are told by any alignment: nothing got lost between the discs.
    expect(local.results.accuracy.aligned.mean).toBe(1);
    await run("seeds", { name: "warp", on: { kind: "seeds", radiusMm: 10, spacingMm: 20 } });
    expect((await told("seeds")).methods).toContain(
      "with the mean time courses of discs of 10 mm along the cortex",
    );
    await run("whole", { name: "diagonal" });
    expect((await told("whole")).inputs).not.toContain("fsaverage5/white.left.gii.gz");
  });
});
