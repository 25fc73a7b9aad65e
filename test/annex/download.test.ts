import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseKey } from "#app/annex/annex-key.ts";
import { download, type SizedKey } from "#app/annex/download.ts";
import { FetchMeter } from "#app/annex/fetch-meter.ts";
import { checkSpace } from "#app/annex/fetch-plan.ts";
import { type FetchProgress, FetchProgress as FetchProgressShape } from "#app/contract/annex.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { WebServer } from "./web-server.ts";

const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7) % 251));
const key = parseKey(
  `MD5E-s${content.length}--${createHash("md5").update(content).digest("hex")}.nii.gz`,
) as SizedKey;
const options = { rules: { allowLoopback: true }, waitsMs: [1, 1, 1] };
let server: WebServer;
let folder: string;
beforeAll(async () => {
  server = await WebServer.start(() => "/nonexistent");
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = temporaryFolder("download");
  server.asked.length = 0;
});
const part = () => join(folder, "file.part");
const fetchIt = (more = {}) =>
  download(`${server.address}/a`, part(), key, "sub-01.nii.gz", { ...options, ...more });

test("a server that is busy is asked again, and one that has not is not", async () => {
  let answers = [503, 429, 500, 200];
  server.answer = (_, response) => {
    const status = answers.shift() ?? 500;
    response.writeHead(status).end(status === 200 ? content : "busy");
    return true;
  };
  expect(await fetchIt()).toBe(true);
  expect(await readFile(part())).toEqual(content);
  for (const status of [401, 403, 404, 410]) {
    answers = [status];
    await writeFile(part(), "");
    expect(await fetchIt()).toBe(false);
  }
  answers = [503, 503, 503, 503];
  await expect(fetchIt()).rejects.toMatchObject({
    code: "annex/connection",
    values: { detail: "it answers 503" },
  });
});

test("a page of another length is refused before it arrives", async () => {
  server.answer = (_, response) => {
    response.writeHead(200, { "content-length": 12 }).end("<html>hello>");
    return true;
  };
  await expect(fetchIt()).rejects.toMatchObject({ code: "annex/wrong-content" });
  expect(await stat(part()).catch(() => null)).toBeNull();
});

test("a body without a length is cut at the key's size", async () => {
  let sent = 0;
  server.answer = (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && sent < 500e6 && response.write(content)) sent += content.length;
    };
    response.on("drain", more);
    more();
    return true;
  };
  await expect(fetchIt()).rejects.toMatchObject({ code: "annex/wrong-content" });
  expect(sent).toBeLessThan(50e6);
  expect((await stat(part())).size).toBeLessThanOrEqual(content.length);
});

test("a content that changed on the server in between begins anew", async () => {
  const ranges: (string | undefined)[] = [];
  server.answer = (request, response) => {
    ranges.push(request.headers.range, request.headers["if-range"] as string | undefined);
    if (ranges.length === 2) {
      response.writeHead(200, { etag: '"one"', "content-length": content.length });
      response.write(content.subarray(0, 1000), () => response.destroy());
    } else response.writeHead(200, { etag: '"two"', "content-length": content.length }).end(content);
    return true;
  };
  expect(await fetchIt()).toBe(true);
  expect(ranges[3]).toBe(ranges[2] === undefined ? undefined : '"one"');
  expect(await readFile(part())).toEqual(content);
});

test("a part that is of something else is thrown away once", async () => {
  await writeFile(part(), Buffer.alloc(1000, 1));
  server.answer = (request, response) => {
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
    response.writeHead(start > 0 ? 206 : 200, start > 0 ? range : {}).end(content.subarray(start));
    return true;
  };
  expect(await fetchIt()).toBe(true);
  expect(server.asked).toEqual(["GET /a 1000-", "GET /a"]);
  await writeFile(part(), Buffer.alloc(content.length + 5));
  expect(await fetchIt()).toBe(true);
});

test("a range that was not asked for is refused", async () => {
  await writeFile(part(), content.subarray(0, 1000));
  server.answer = (_, response) => {
    response.writeHead(206, { "content-range": `bytes 500-${content.length - 1}/${content.length}` });
    response.end(content.subarray(500));
    return true;
  };
  await expect(fetchIt()).rejects.toMatchObject({ code: "annex/wrong-content" });
});

test("a silent server counts as lost", async () => {
  server.answer = (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write("a");
    return true;
  };
  await expect(fetchIt({ silenceMs: 50, waitsMs: [] })).rejects.toMatchObject({ code: "annex/connection" });
});

test("a disk without room is told before anything is asked", async () => {
  const huge = parseKey("MD5E-s999999999999999--5d41402abc4b2a76b9719d911017c592.nii") as SizedKey;
  const repository = { root: folder, gitFolder: folder, bare: false, config: new Map() };
  const item = { key: huge, keyText: "x", unlocked: false, target: { repository } };
  await expect(checkSpace(folder, [item as never])).rejects.toMatchObject({
    code: "annex/no-space",
    values: { needed: "1000000.1 GB" },
  });
});

test("rate and remaining time are those of what arrives, not of what was there", () => {
  let now = 0;
  const told: FetchProgress[] = [];
  const meter = new FetchMeter(
    { files: 2, bytes: 10_000 },
    (one) => told.push(FetchProgressShape.parse(one)),
    () => now,
  );
  meter.begin("a");
  meter.bytes(4000);
  for (now = 50; now <= 1000; now += 50) meter.bytes(4000 + now);
  expect(told.at(-1)).toMatchObject({ path: "a", doneFiles: 0, doneBytes: 5000, totalBytes: 10_000 });
  expect(told.at(-1)?.bytesPerSecond).toBeCloseTo(1000);
  expect(told.at(-1)?.remainingSeconds).toBeCloseTo(5);
  // At most ten a second.
  expect(told.length).toBeLessThan(14);
  meter.end(5000);
  meter.begin("b");
  meter.end(5000);
  expect(told.at(-1)).toMatchObject({ doneFiles: 2, doneBytes: 10_000, remainingSeconds: 0 });
});
