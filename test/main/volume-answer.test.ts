import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answerVolume } from "#main/volume-answer.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeAll(async () => {
  folder = temporaryFolder("volume");
  await writeFile(join(folder, "before.f32"), "0123456789");
  await writeFile(join(folder, "empty.f32"), "");
});

function ask(name: string, { method = "GET", range }: { method?: string; range?: string } = {}) {
  const headers = new Headers(range === undefined ? {} : { range });
  return answerVolume({ url: `volume://a1/${name}`, method, headers }, (grant, file) =>
    grant === "a1" && ["before.f32", "empty.f32", "gone.f32"].includes(file) ? join(folder, file) : null,
  );
}

test("a whole file comes with its length, for the page alone, and is not kept", async () => {
  const answer = await ask("before.f32");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("0123456789");
  expect(Object.fromEntries(answer.headers)).toStrictEqual({
    "accept-ranges": "bytes",
    "access-control-allow-origin": "app://bundle",
    "cache-control": "no-store",
    "content-length": "10",
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
});

test.each([
  ["bytes=0-3", "0123", "bytes 0-3/10"],
  ["bytes=4-", "456789", "bytes 4-9/10"],
  ["bytes=8-99", "89", "bytes 8-9/10"],
  ["bytes=-2", "89", "bytes 8-9/10"],
  ["bytes=-99", "0123456789", "bytes 0-9/10"],
  ["bytes=0-9", "0123456789", "bytes 0-9/10"],
])("the range %s is a part", async (range, body, told) => {
  const answer = await ask("before.f32", { range });
  expect(answer.status).toBe(206);
  expect(answer.headers.get("content-range")).toBe(told);
  expect(answer.headers.get("content-length")).toBe(String(body.length));
  expect(await answer.text()).toBe(body);
});

test.each(["bytes=10-", "bytes=5-4", "bytes=-0", "bytes=-", "bytes=0-1,4-5", "rows=0-1", "bytes=a-b"])(
  "the range %s can't be served",
  async (range) => {
    const answer = await ask("before.f32", { range });
    expect(answer.status).toBe(416);
    expect(answer.headers.get("content-range")).toBe("bytes */10");
    expect(await answer.text()).toBe("");
  },
);

test("HEAD tells the length and holds nothing; an empty file is empty", async () => {
  const head = await ask("before.f32", { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toStrictEqual([200, "10", ""]);
  const empty = await ask("empty.f32");
  expect([empty.status, empty.headers.get("content-length"), await empty.text()]).toStrictEqual([
    200,
    "0",
    "",
  ]);
});

test("nothing is written to, and what was not granted is not there", async () => {
  for (const method of ["POST", "PUT", "DELETE"])
    expect((await ask("before.f32", { method })).status).toBe(405);
  for (const name of ["gone.f32", "other.f32", "..%2fbefore.f32", "%E0%A4%A", ""]) {
    const answer = await ask(name);
    expect([answer.status, await answer.text()]).toStrictEqual([404, ""]);
  }
});
