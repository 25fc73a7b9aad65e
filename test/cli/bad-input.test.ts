import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { concord } from "#test/cli/concord.ts";
import {
  boldOf,
  niftiBytes,
  type TinyFiles,
  tinyPlan,
  tinyStudy,
  varying,
  writeStudy,
} from "#test/dataset/tiny-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeAll(async () => {
  folder = temporaryFolder("bad");
});

/** Runs a Plan on a study; the study's path stands for {study} in what is told. */
async function run(
  files: TinyFiles,
  changes: Record<string, unknown> = {},
  out = join(folder, "out"),
): Promise<{ code?: number | undefined; stdout: string; told: string }> {
  const study = await writeStudy(files);
  const plan = join(study, "plan.json");
  await writeFile(plan, JSON.stringify(tinyPlan(study, changes)));
  try {
    const { code, stdout, stderr } = await concord("run", plan, "--out", out, "--workers", "1", "--json");
    return { code, stdout, told: stderr.replaceAll(study, "{study}").replaceAll(out, "{out}") };
  } finally {
    await rm(study, { recursive: true, force: true });
  }
}

/** Two sentences, nothing else, and nothing written. */
async function expectRefused(
  { code, stdout, told }: Awaited<ReturnType<typeof run>>,
  sentences: string,
): Promise<void> {
  expect(told).toBe(`${sentences}\n`);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(await readdir(folder)).toStrictEqual([]);
}

const first = boldOf("01", "task-a_run-1");
const packed = gzipSync(niftiBytes(varying(12, 1)));

describe("the command line on bad input", () => {
  test("runs the study that the others spoil", async () => {
    const out = join(folder, "out");
    const { told, stdout } = await run(tinyStudy(), {}, out);
    expect(told).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ chance: 0.5, results: out });
    expect(await readdir(folder)).toStrictEqual(["out"]);
    await rm(out, { recursive: true });
  });

  test("an empty folder", async () => {
    const sentences =
      "No functional images were found in {study}. Choose a folder with sub-* folders or with one image a subject, or a table that lists them.";
    await expectRefused(await run({}), sentences);
    const opened = await concord("open", folder, "--json");
    expect(opened).toMatchObject({ code: 1, stdout: "" });
    expect(opened.stderr).toBe(`${sentences.replace("{study}", folder)}\n`);
  });

  test("a folder that is not there", async () => {
    const { stderr } = await concord("open", join(folder, "none"));
    expect(stderr).toBe(
      `There is no folder at ${folder}/none. Check the path, or mount the disk it is on.\n`,
    );
  });

  test("one subject", async () => {
    const files = { [first]: varying(12, 1), [boldOf("01", "task-a_run-2")]: varying(12, 2) };
    await expectRefused(
      await run(files),
      "{study} holds one subject only, and alignment needs at least two. Choose a folder with more subjects, or put left-out subjects back in.",
    );
  });

  test("gzip that can't be unpacked", async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 200, 260);
    await expectRefused(
      await run({ ...tinyStudy(), [first]: damaged }),
      `{study}/${first} is damaged and can't be unpacked. Fetch the file again.`,
    );
  });

  test("a web page under an image's name", async () => {
    await expectRefused(
      await run({ ...tinyStudy(), [first]: "<html>Not found</html>" }),
      `{study}/${first} can't be read: it is not a NIfTI image. Check the file or fetch it again.`,
    );
  });

  test("gzip that ends early", async () => {
    const { code, stdout, told } = await run({ ...tinyStudy(), [first]: packed.subarray(0, -40) });
    expect(told).toMatch(
      /^\{study\}\/sub-01\S+ ends early: its header promises 544 bytes and it holds \d+\. Fetch the file again\.\n$/,
    );
    expect({ code, stdout }).toStrictEqual({ code: 1, stdout: "" });
    expect(await readdir(folder)).toStrictEqual([]);
  });

  test("a header that claims more than the file holds", async () => {
    const claims = niftiBytes(varying(12, 1));
    claims.writeInt16LE(30_000, 48);
    const name = first.replace(".gz", "");
    const { [first]: _, ...others } = tinyStudy();
    await expectRefused(
      await run({ ...others, [name]: claims }),
      `{study}/${name} ends early: its header promises 480352 bytes and it holds 544. Fetch the file again.`,
    );
  });

  test("a broken image: `open` lists it as a problem, and a Plan without its run goes on", async () => {
    const study = await writeStudy({ ...tinyStudy(), [first]: "<html>Not found</html>" });
    const early = boldOf("03", "task-a_run-1");
    await writeFile(join(study, early), gzipSync(niftiBytes(varying(5000, 1))).subarray(0, -40));
    const opened = await concord("open", study, "--json");
    expect(opened).toMatchObject({ stderr: "" });
    const { subjects, voxels, problems } = JSON.parse(opened.stdout) as {
      subjects: string[];
      voxels: number;
      problems: { severity: string; subject: string; run: string; text: string }[];
    };
    expect({ subjects, voxels }).toStrictEqual({ subjects: ["sub-01", "sub-02", "sub-03"], voxels: 4 });
    const errors = problems.filter(({ text }) => text.includes("_bold.nii.gz"));
    expect(errors.map(({ subject, run, text }) => [subject, run, text.split(":")[0]])).toStrictEqual([
      ["sub-01", "task-a_run-1", "sub-01_task-a_run-1_bold.nii.gz can't be read"],
      ["sub-03", "task-a_run-1", "sub-03_task-a_run-1_bold.nii.gz ends early"],
    ]);
    const plan = join(study, "plan.json");
    const without = {
      dataset: { path: study, leaveOut: { runs: ["task-a_run-1"] } },
      samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 0 } },
      protocol: { name: "leave-one-subject-out" },
    };
    await writeFile(plan, JSON.stringify(tinyPlan(study, without)));
    const ran = await concord("run", plan, "--out", join(study, "out"), "--workers", "1", "--json");
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toMatchObject({ chance: 0.5 });
    await rm(study, { recursive: true });
  });

  test("different repetition times", async () => {
    await expectRefused(
      await run({ ...tinyStudy(), [first]: { ...varying(12, 1), tr: 1.5 } }),
      "The repetition time differs between runs: 1.5 s in sub-01 task-a_run-1, 2 s in sub-01 task-a_run-2. Leave out the runs that differ.",
    );
  });

  test("a mask that covers no voxel", async () => {
    const path = "masks/desc-none_mask.nii.gz";
    const files: TinyFiles = { ...tinyStudy(), [path]: { dimensions: [2, 2, 1], values: [0, 0, 0, 0] } };
    await expectRefused(
      await run(files, { region: { kind: "mask", path } }),
      `The region ${path} covers no voxel that every subject has. Choose another region, or check that it lies in the space of the images.`,
    );
  });

  test("labels with one class", async () => {
    const events = "onset\tduration\ttrial_type\n0\t4\tface\n6\t4\tface\n12\t4\tface\n";
    await expectRefused(
      await run({ ...tinyStudy(), "task-a_events.tsv": events }),
      "The samples to classify carry fewer than two labels. Choose another column of the events file, or more runs.",
    );
  });

  test("no events", async () => {
    const { "task-a_events.tsv": _, ...files } = tinyStudy();
    await expectRefused(
      await run(files),
      "No events file belongs to task-a_run-1 of sub-01. Add the *_events.tsv file, or choose all volumes as samples.",
    );
  });

  test("an output folder that holds files", async () => {
    const out = join(folder, "full");
    await mkdir(out);
    await writeFile(join(out, "mine.txt"), "kept");
    const { code, told } = await run(tinyStudy(), {}, out);
    expect(told).toBe("{out} already holds files. Choose a new or empty folder for the results.\n");
    expect(code).toBe(1);
    expect(await readdir(out)).toStrictEqual(["mine.txt"]);
    await rm(out, { recursive: true });
  });

  const readOnly = "{out} can't be written to. Choose a folder you may write in.";

  test("an output folder below a file", async () => {
    const file = join(temporaryFolder("file"), "file");
    await writeFile(file, "");
    await expectRefused(await run(tinyStudy(), {}, join(file, "out")), readOnly);
    await rm(dirname(file), { recursive: true });
  });

  // Not even root makes folders there. Linux alone has it, so elsewhere there is no test rather than a skipped one.
  if (existsSync("/sys/kernel"))
    test("an output folder on a system that takes no writes", async () => {
      await expectRefused(await run(tinyStudy(), {}, "/sys/kernel/out"), readOnly);
    });
});
