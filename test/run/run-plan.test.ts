import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { workedPlan } from "#app/cli/worked-plan.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

function concord(...args: string[]) {
  const env = { ...process.env, CONCORD_ROOT: root };
  return promisify(execFile)(process.execPath, [join(root, "out", "node", "cli.cjs"), ...args], { env });
}

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("run");
});

describe.skipIf(sharedFolder === null)("the command line on the Sherlock data", () => {
  const data = join(sharedFolder ?? "", "data", "sherlock-pmc");

  async function planFile(
    change: (plan: { dataset: { path: string }; region: { path: string } }) => void = () => {},
  ) {
    const plan = JSON.parse(workedPlan);
    plan.dataset.path = data;
    change(plan);
    const file = join(folder, "plan.json");
    await writeFile(file, JSON.stringify(plan));
    return file;
  }

  async function resultsOf(plan: string, name: string) {
    const out = join(folder, name);
    await concord("run", plan, "--out", out);
    return JSON.parse(await readFile(join(out, "results.json"), "utf8"));
  }

  test("says what the folder holds in one JSON object", async () => {
    const { stdout } = await concord("open", data, "--json");
    const found = JSON.parse(stdout);
    expect(found.subjects).toHaveLength(8);
    expect(found.volumes).toStrictEqual({
      "task-sherlockPart1": new Array(8).fill(946),
      "task-sherlockPart2": new Array(8).fill(1030),
    });
  });

  test("aligns part 1, classifies the scenes of part 2, and gives the same bytes for 1, 2 and 4 workers", async () => {
    const file = await planFile((plan) => {
      const statistics = { permutations: { count: 100 }, isc: { count: 100 } };
      Object.assign(plan, {
        statistics,
        pairs: true,
        searchlight: { radiusMm: 9, spacingMm: 9 },
        reconstruction: true,
        connectivity: { patches: 12 },
        similarity: { dissimilarity: "euclidean" },
      });
    });
    const written: string[] = [];
    for (const workers of ["1", "2", "4"]) {
      const out = join(folder, `out-${workers}`);
      const { stdout } = await concord("run", file, "--out", out, "--workers", workers, "--json");
      const bytes = await readFile(join(out, "results.json"), "utf8");
      const { accuracy, chance, permutations, effect, iscTest, ...others } = JSON.parse(bytes);
      expect(JSON.parse(stdout)).toMatchObject({ accuracy, chance });
      expect([permutations.done, permutations.aligned.p]).toStrictEqual([100, 1 / 101]);
      expect(effect.mean).toBeCloseTo(accuracy.aligned.mean - accuracy.anatomical.mean, 12);
      expect(effect.signFlip).toMatchObject({ exact: true, draws: 256 });
      // A film is shared: on anatomy most of this region, which is known for it.
      expect(iscTest.before.max).toBeGreaterThan(240);
      expect(iscTest.before.clusters.voxels).toBeGreaterThan(240);
      const { pairs, searchlight, reconstruction, connectivity, likeness, similarity } = others;
      expect(pairs.aligned.mean).toBeGreaterThan(pairs.anatomical.mean);
      expect(searchlight.after.mean).toBeGreaterThan(2 / 21);
      expect(reconstruction.correlation.aligned.mean).toBeGreaterThan(0.2);
      expect(connectivity.before).toHaveLength(12);
      expect(likeness.alpha.anatomical).toBeGreaterThan(0.5);
      expect(similarity.dissimilarity).toBe("euclidean");
      // Times that do not correspond are no alignment.
      expect(accuracy.shifted.mean).toBeLessThan(accuracy.aligned.mean - 0.1);
      expect(chance).toBeCloseTo(1 / 21, 12);
      expect(accuracy.within).toBeNull();
      // What NumPy gives on these data: .244 and .405. A voting tie may fall another way on another processor.
      expect(accuracy.anatomical.mean).toBeCloseTo(41 / 168, 12);
      expect(Math.abs(accuracy.aligned.mean - 68 / 168)).toBeLessThan(1.5 / 168);
      written.push(bytes);
    }
    expect(written[1]).toBe(written[0]);
    expect(written[2]).toBe(written[0]);
  });

  test("runs every protocol with its claim and scheme, and says why where conditions are not shared", async () => {
    const claims = ["same subjects, new data", "new subject"];
    const { subjects } = JSON.parse((await concord("open", data, "--json")).stdout);
    const leftOut = subjects.slice(4);
    const splits = [
      { name: "leave-one-run-out" },
      { name: "leave-one-block-out", blocks: 2, gapVolumes: 10 },
      { name: "fit-test", fit: ["task-sherlockPart1"], test: ["task-sherlockPart2"] },
    ];
    for (const [at, split] of splits.entries()) {
      for (const claim of claims) {
        const file = await planFile((plan) => {
          const method = { name: "diagonal" };
          const dataset = { ...plan.dataset, leaveOut: { subjects: leftOut } };
          Object.assign(plan, {
            dataset,
            method,
            protocol: { ...split, claim },
            timeSegments: { length: 10 },
          });
        });
        const { accuracy, folds, timeSegments } = await resultsOf(file, `${at} ${claim}`);
        expect(accuracy.aligned).toMatchObject({ claim, scheme: "A" });
        const splitsOf = [2, 4, 1][at] as number;
        expect(folds).toHaveLength(claim === "new subject" ? 4 * splitsOf : splitsOf);
        expect(timeSegments.anatomical.mean).toBeGreaterThan(timeSegments.chance);
      }
    }
    // The two parts of the film share no scene.
    const file = await planFile((plan) => {
      Object.assign(plan, { protocol: { ...splits[2], scheme: "B" } });
    });
    const { accuracy, reason } = await resultsOf(file, "b");
    expect(accuracy.aligned).toBeNull();
    expect(reason.aligned).toBe("The runs to fit on share no condition with the runs to test on.");
  }, 240_000);

  test("aligns in parcels and in searchlights, by samples and by connectivity, and keeps sparse transforms", async () => {
    const segmentsOf = async (name: string, method: object) => {
      const file = await planFile((plan) => {
        const more = {
          method: { name: "warp", ...method },
          timeSegments: { length: 10 },
          keepTransforms: true,
        };
        Object.assign(plan, more);
      });
      const out = join(folder, name);
      await concord("run", file, "--out", out);
      const { folds } = JSON.parse(await readFile(join(out, "transforms", "transforms.json"), "utf8"));
      expect(folds[0].subjects[0].kind).toBe(name === "whole" ? "dense" : "sparse");
      return JSON.parse(await readFile(join(out, "results.json"), "utf8")).timeSegments.aligned.mean;
    };
    const parcels = { kind: "parcels", count: 5 };
    const searchlights = { kind: "searchlights", radiusMm: 12, spacingMm: 9 };
    const on = { kind: "connectivity", targets: 40, hybrid: true };
    // On anatomy .041 of the segments are matched.
    expect(await segmentsOf("parcels", { pieces: parcels })).toBeGreaterThan(0.05);
    expect(await segmentsOf("searchlights", { pieces: searchlights })).toBeGreaterThan(0.05);
    expect(await segmentsOf("hybrid", { pieces: searchlights, on })).toBeGreaterThan(0.05);
  }, 120_000);

  test("refuses searchlights with voxels between them", async () => {
    const file = await planFile((plan) => {
      const pieces = { kind: "searchlights", radiusMm: 6, spacingMm: 9 };
      Object.assign(plan, { method: { name: "warp", pieces } });
    });
    const failed = await concord("run", file, "--out", join(folder, "out")).catch((error: unknown) => error);
    expect((failed as { stderr: string }).stderr).toContain("voxels between searchlights would be in none");
  });

  test("refuses components in searchlights in words", async () => {
    const file = await planFile((plan) => {
      const pieces = { kind: "searchlights", radiusMm: 6, spacingMm: null };
      Object.assign(plan, { method: { name: "weighted-mcca", pieces } });
    });
    const failed = await concord("run", file, "--out", join(folder, "out")).catch((error: unknown) => error);
    expect((failed as { stderr: string }).stderr).toContain("of which searchlights can't be put together");
  });

  test("refuses a mask that is not there in words, without a stack, and writes nothing", async () => {
    const file = await planFile((plan) => {
      plan.region.path = "masks/none.nii.gz";
    });
    const failed = await concord("run", file, "--out", join(folder, "out")).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(String((failed as { stderr: string }).stderr)).not.toContain("    at ");
    expect(await readdir(folder)).toStrictEqual(["plan.json"]);
  });

  test("refuses an empty folder", async () => {
    const failed = await concord("open", folder).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect((failed as { stderr: string }).stderr).toContain("No functional images were found");
  });
});
