import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatKey } from "#app/annex/annex-key.ts";
import { fileState, keyOfLink, readPointer } from "#app/annex/file-state.ts";
import { FileState } from "#app/contract/annex.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const key = "MD5E-s731032139--5d41402abc4b2a76b9719d911017c592.hdf5.gz";
const object = `.git/annex/objects/xx/yy/${key}/${key}`;

test.each([
  ["a pointer", `/annex/objects/${key}\n`, "pointer"],
  ["a pointer of Windows", `/annex/objects/${key}\r\n`, "pointer"],
  ["a pointer without an end", `/annex/objects/${key}`, "pointer"],
  ["a pointer with a line for people", `/annex/objects/${key}\n/annex/ holds it\n`, "pointer"],
  ["a link's text", `../../${object}`, "link-text"],
  ["a link's text at the top, with an end", `${object}\n`, "link-text"],
  ["a link's text of Windows", `..\\${object.replace(/\//g, "\\")}`, "link-text"],
  ["a link's text in a subdataset", `../.git/modules/a/annex/objects/xx/yy/${key}/${key}`, "link-text"],
])("%s is told", (_, text, state) => {
  const found = readPointer(text);
  expect([found?.state, found?.sizeBytes, found?.key && formatKey(found.key)]).toEqual([
    state,
    731_032_139,
    key,
  ]);
});

test.each([
  ["a pointer with other text after it", `/annex/objects/${key}\nmore\n`],
  ["no key", "/annex/objects/readme\n"],
  ["a path in the key's place", `/annex/objects/../${key}\n`],
  ["a link to another place", "../../data/file.nii.gz"],
  ["a link whose folder is not its name", `.git/annex/objects/xx/yy/other/${key}`],
  ["a text about git-annex", "see .git/annex/objects for more\n"],
])("%s is none", (_, text) => {
  expect(readPointer(text)).toBeNull();
});

test("a pointer of git-lfs tells its size", () => {
  const text = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n";
  expect(readPointer(text)).toEqual({ state: "lfs-pointer", key: null, sizeBytes: 12_345 });
});

test("a link into a stranger's object is no key of ours", () => {
  expect(keyOfLink("/etc/passwd")).toBeNull();
  expect(keyOfLink("annex/objects/a/a")).toBeNull();
});

test("the state of a file needs no repository", async () => {
  const folder = temporaryFolder("state");
  const at = (name: string) => join(folder, name);
  await symlink(object, at("absent"));
  await symlink("nowhere", at("dangling"));
  await writeFile(at("pointer"), `/annex/objects/${key}\n`);
  await writeFile(at("plain"), "a\tb\n1\t2\n");
  await writeFile(at("large"), Buffer.alloc(40_000, "/annex/objects/"));
  await mkdir(at("folder"));
  const states: Record<string, unknown> = {};
  for (const name of ["absent", "dangling", "pointer", "plain", "large", "folder", "none"]) {
    const state = await fileState(at(name), null);
    states[name] = state && [state.state, FileState.parse(state).sizeBytes, state.contentPath !== null];
  }
  expect(states).toEqual({
    absent: ["absent", 731_032_139, false],
    dangling: ["absent", null, false],
    pointer: ["pointer", 731_032_139, false],
    plain: ["present", 8, true],
    large: ["present", 40_000, true],
    folder: null,
    none: null,
  });
});
