import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatKey,
  hashDirLower,
  hashDirMixed,
  keyHash,
  parseKey,
  verifyFile,
} from "#app/annex/annex-key.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

test("reads the parts of a key", () => {
  expect(parseKey("MD5E-s731032139--b90257a0d26d4b3cf4d3d4b1f0a0a8d7.hdf5.gz")).toEqual({
    backend: "MD5E",
    sizeBytes: 731_032_139,
    modifiedSeconds: null,
    chunkBytes: null,
    chunk: null,
    name: "b90257a0d26d4b3cf4d3d4b1f0a0a8d7.hdf5.gz",
  });
  expect(parseKey("WORM-s12-m1289672605--file with space.nii")).toMatchObject({
    modifiedSeconds: 1_289_672_605,
  });
  expect(parseKey("SHA256-s500-S100-C3--aa")).toMatchObject({ chunkBytes: 100, chunk: 3 });
  expect(parseKey("URL--http&c%%example.org%a")).toMatchObject({ backend: "URL", sizeBytes: null });
});

test.each([
  "",
  "MD5E",
  "MD5E-s12",
  "md5e-s12--aa",
  "MD5E-s12--",
  "MD5E-s-1--aa",
  "MD5E-s12-s13--aa",
  "MD5E-m1-s12--aa",
  "MD5E-s012--aa",
  "MD5E-s9999999999999999--aa",
  "MD5E-s12--../../etc/passwd",
  "MD5E-s12--a\\b",
  "MD5E-s12--a\nb",
  `MD5E-s12--${"a".repeat(1000)}`,
])("%j is no key", (text) => {
  expect(parseKey(text)).toBeNull();
});

test("a key that was read is written as it was", () => {
  const number = fc.option(fc.nat());
  const parts = { sizeBytes: number, modifiedSeconds: number, chunkBytes: number, chunk: number };
  fc.assert(
    fc.property(
      fc.record({
        backend: fc.constantFrom("MD5E", "SHA256", "X_A1"),
        name: fc.stringMatching(/^[ -.0-[\]-~]{1,40}$/),
        ...parts,
      }),
      (key) => {
        expect(parseKey(formatKey(key))).toEqual(key);
      },
    ),
  );
});

test("finds the directories that git-annex examinekey tells", () => {
  const keys = [
    "MD5E-s3853--5e564ba67f15e2096da9fd69acb401e9.nii.gz",
    "MD5E-s4387--96430bfd88d163806ae209b3a95de6bc.nii.gz",
    "MD5E-s3890--c6bf5be6805dce3754b4810abc633eb0.nii.gz",
  ];
  expect(keys.map(hashDirMixed)).toEqual(["fx/Mk", "x6/Zz", "x4/1g"]);
  expect(keys.map(hashDirLower)).toEqual(["2de/de8", "46a/bd6", "442/387"]);
});

test("verifies size and hash, and nothing that holds no hash", async () => {
  const path = join(temporaryFolder("key"), "file");
  writeFileSync(path, "hello");
  const verify = async (text: string) => {
    const key = parseKey(text);
    return key !== null && verifyFile(path, key);
  };
  const md5 = "5d41402abc4b2a76b9719d911017c592";
  const sha1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";
  const sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  expect(await verify(`MD5E-s5--${md5}.nii.gz`)).toBe(true);
  expect(await verify(`MD5-s5--${md5}`)).toBe(true);
  expect(await verify(`SHA1-s5--${sha1}`)).toBe(true);
  expect(await verify(`SHA256E-s5--${sha256}.m4v`)).toBe(true);
  expect(await verify(`MD5E--${md5}.gz`)).toBe(true);
  expect(await verify(`MD5E-s4--${md5}.gz`)).toBe(false);
  expect(await verify(`MD5E-s6--${md5}.gz`)).toBe(false);
  expect(await verify(`MD5E-s5--${md5.replace("5", "6")}.gz`)).toBe(false);
  expect(await verify("WORM-s5-m1--file")).toBe(false);
  expect(await verify("URL-s5--http&c%%a")).toBe(false);
});

test.each([
  `MD5-s1--${"a".repeat(32)}.gz`,
  `MD5E-s1--${"a".repeat(31)}`,
  `MD5E-s1--${"a".repeat(33)}`,
  `SHA3-s1--${"a".repeat(64)}`,
])("%s holds no hash that is known", (text) => {
  const key = parseKey(text);
  expect(key !== null && keyHash(key)).toBeNull();
});
