import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { giftiFormat } from "#app/dataset/gifti-format.ts";
import { readWhole } from "./format-volumes.ts";
import { dataArray, giftiText, threeVertices, writeAlone } from "./gifti-file.ts";

const read = (text: string | Uint8Array, name = "lh.func.gii") =>
  readWhole(giftiFormat, writeAlone(name, text));

/** The fault's code and its detail. */
async function refusal(text: string | Uint8Array, name?: string): Promise<string> {
  const error = await read(text, name).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Fault);
  return `${(error as Fault).code}: ${(error as Fault).values.detail ?? ""}`;
}

describe("GIfTI", () => {
  test("reads digits as C writes them, each array a volume", async () => {
    const text = giftiText([
      dataArray(threeVertices, "\n1 -2.5e0\t nan\n"),
      dataArray(threeVertices, "4 inf -inf"),
    ]);
    const { image, values } = await read(text);
    expect([...values]).toStrictEqual([1, -2.5, Number.NaN, 4, Infinity, -Infinity]);
    expect(image.grid.structures).toStrictEqual([{ name: "left cortex", columns: 3 }]);
    expect(image.repetitionTimeSeconds).toBeNull();
  });

  test.each(["zlib", "gzip"])(
    "reads values packed as %s, of both byte orders, in a packed file",
    async (kind) => {
      const stored = Buffer.alloc(12);
      [1.5, -2, 70000].forEach((value, at) => {
        stored.writeFloatBE(value, 4 * at);
      });
      const packed = (kind === "zlib" ? deflateSync(stored) : gzipSync(stored)).toString("base64");
      const attributes = { ...threeVertices, Encoding: "GZipBase64Binary", Endian: "BigEndian" };
      const text = giftiText([dataArray(attributes, `\n${packed.slice(0, 5)}\n${packed.slice(5)}\n`)]);
      expect([...(await read(gzipSync(text), "lh.func.gii.gz")).values]).toStrictEqual([1.5, -2, 70000]);
    },
  );

  test("reads a table of vertices × volumes of either order", async () => {
    const table = { ...threeVertices, Dimensionality: "2", Dim1: "2" };
    const byVertex = await read(giftiText([dataArray(table, "1 10 2 20 3 30")]));
    expect([...byVertex.values]).toStrictEqual([1, 2, 3, 10, 20, 30]);
    const turned = { ...table, ArrayIndexingOrder: "ColumnMajorOrder" };
    const byVolume = await read(giftiText([dataArray(turned, "1 2 3 10 20 30")]));
    expect([...byVolume.values]).toStrictEqual([1, 2, 3, 10, 20, 30]);
  });

  test.each([
    ["2000", 2],
    ["0.8", 0.8],
    ["0", null],
    ["soon", null],
  ])("takes a TimeStep of %s", async (told, seconds) => {
    const { image } = await read(giftiText([dataArray(threeVertices, "1 2 3")], { TimeStep: told }));
    expect(image.repetitionTimeSeconds).toBe(seconds);
  });

  test("refuses what an array can't be", async () => {
    const one = (change: Readonly<Record<string, string>>, data = "1 2 3") =>
      refusal(giftiText([dataArray({ ...threeVertices, ...change }, data)]));
    const base64 = { Encoding: "Base64Binary" };
    const twelve = Buffer.alloc(12).toString("base64");
    const packed = { Encoding: "GZipBase64Binary" };
    const zeros = deflateSync(Buffer.alloc(12)).toString("base64");
    expect(await one({ Encoding: "ExternalFileBinary" })).toContain("in another file");
    expect(await one({ Encoding: "rot13" })).toContain('encoding "rot13"');
    expect(await one({ DataType: "NIFTI_TYPE_RGB24" })).toContain("one real number");
    expect(await one({ Intent: "NIFTI_INTENT_POINTSET" })).toContain("the shape of a surface");
    expect(await one({ Dim0: "-3" })).toContain("-3");
    expect(await one({ Dim0: "" })).toContain("dimensions");
    expect(await one({ Dim0: "4" })).toContain("3 values where its dimensions say 4");
    expect(await one({}, "1 2 3 4")).toContain("more than its dimensions say");
    expect(await one({}, "1 2 three")).toContain('"three" is no number');
    expect(await one({}, "1 <b>2</b> 3")).toContain("elements where values belong");
    expect(await one({}, "1".repeat(100_000))).toContain("no number");
    expect(await one(base64, twelve.slice(0, -1))).toContain("cut off");
    expect(await one(base64, twelve.slice(0, -4))).toContain("9 bytes where its dimensions say 12");
    expect(await one(base64, `${twelve}AAAA`)).toContain("more than its dimensions say");
    expect(await one(base64, `AA*A${twelve.slice(4)}`)).toContain("no base64");
    expect(await one(packed, `${zeros.slice(0, 12)}`)).toContain("cut off");
    expect(await one(packed, Buffer.from("no zlib stream here").toString("base64"))).toContain(
      "image/damaged",
    );
    const bomb = deflateSync(Buffer.alloc(1 << 26)).toString("base64");
    expect(await one(packed, bomb)).toContain("more than its dimensions say");
  });

  test("allocates nothing that the file can't hold", async () => {
    const claim = (change: Readonly<Record<string, string>>) =>
      refusal(giftiText([dataArray({ ...threeVertices, ...change }, "1 2 3")]));
    expect(await claim({ Dim0: "200000000" })).toContain("image/truncated");
    expect(await claim({ Dim0: "100000", Encoding: "Base64Binary" })).toContain("image/truncated");
    expect(await claim({ Dim0: "200000000", Encoding: "GZipBase64Binary" })).toContain("image/truncated");
    expect(await claim({ Dim0: "9007199254740991" })).toContain("GiB");
    const many = giftiText([dataArray(threeVertices, "1 2 3")]).replace('Arrays="1"', 'Arrays="100000000"');
    expect(await refusal(many)).toContain("image/truncated");
    const more = giftiText([dataArray(threeVertices, "1 2 3")]).replace('Arrays="1"', 'Arrays="9"');
    expect(await refusal(more)).toContain("it holds 1 volumes and says 9");
  });

  test("never expands an entity or reads a DTD", async () => {
    const bomb = giftiText([dataArray(threeVertices, "&c; 2 3")]).replace(
      /<!DOCTYPE[^>]*>/,
      '<!DOCTYPE GIFTI [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
    );
    expect(await refusal(bomb)).toContain("not well formed");
    const file = bomb.replace(/\[.*\]/, '[<!ENTITY c SYSTEM "file:///etc/hostname">]');
    expect(await refusal(file)).toContain("not well formed");
    expect(await refusal(giftiText([dataArray(threeVertices, "&nbsp;1 2 3")]))).toContain("not well formed");
    const known = await read(giftiText([dataArray(threeVertices, "1&#32;2 3")], { Name: "a & b" }));
    expect([...known.values]).toStrictEqual([1, 2, 3]);
  });

  test("refuses what is no whole GIfTI file", async () => {
    const whole = giftiText([dataArray(threeVertices, "1 2 3"), dataArray(threeVertices, "4 5 6")]);
    expect(await refusal(whole.slice(0, -60))).toContain("cut off");
    expect(await refusal("")).toContain("image/unreadable");
    expect(await refusal("<html><body>404</body></html>")).toContain("not a GIfTI file");
    expect(await refusal(giftiText([]))).toContain("no data array");
    expect(await refusal(`<GIFTI>${"<a>".repeat(1e5)}`)).toContain("nested too deep");
    expect(
      await refusal(`<GIFTI ${Array.from({ length: 1e4 }, (_, at) => `a${at}="" `).join("")}>`),
    ).toContain("too many attributes");
    expect(await refusal(`<GIFTI><!--${"-x".repeat(1e6)}--></GIFTI>`)).toContain("not well formed");
    expect(await refusal(gzipSync(whole).subarray(0, 60), "lh.func.gii.gz")).toContain("image/truncated");
    const uneven = [dataArray(threeVertices, "1 2 3"), dataArray({ ...threeVertices, Dim0: "2" }, "1 2")];
    expect(await refusal(giftiText(uneven))).toContain("3 and 2 vertices");
  });

  test("refuses hemispheres that do not belong together", async () => {
    const [one, two] = [dataArray(threeVertices, "1 2 3"), dataArray(threeVertices, "4 5 6")];
    const left = writeAlone("hemi-L.func.gii", giftiText([one, two], { TimeStep: "2" }));
    const shorter = writeAlone("hemi-R.func.gii", giftiText([one], { TimeStep: "2" }));
    await expect(giftiFormat.describe(left, shorter)).rejects.toThrow("2 volumes and the right 1");
    const slower = writeAlone("hemi-R.func.gii", giftiText([one, two], { TimeStep: "3000" }));
    await expect(giftiFormat.describe(left, slower)).rejects.toThrow("2 s and that of the right 3 s");
  });
});

test("a GIfTI file with any byte changed is read or refused by a fault", async () => {
  const values = deflateSync(Buffer.alloc(12, 1)).toString("base64");
  const packed = { ...threeVertices, Encoding: "GZipBase64Binary" };
  const whole = Buffer.from(giftiText([dataArray(threeVertices, "1 2 3"), dataArray(packed, values)]));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
      const changed = Buffer.from(whole);
      changed[at] = value;
      await read(changed).catch((error: unknown) => expect(error).toBeInstanceOf(Fault));
    }),
    { numRuns: 150 },
  );
});
