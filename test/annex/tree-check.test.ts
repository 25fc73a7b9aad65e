import { expect, test } from "vitest";
import { isSafeLink, isSafeName, isSafeRef } from "#app/annex/tree-check.ts";

test("names that some file system would take for another place are refused", () => {
  const bad = [
    "",
    ".",
    "..",
    ".git",
    ".GIT",
    ".git.",
    ".git ",
    ".Git . .",
    "git~1",
    "GIT~12",
    ".git::$INDEX",
    ".g\u200cit",
    "\ufeff.git",
    "a/b",
    "a\\b",
    "a\nb",
    "c:",
    "C:x",
  ];
  expect(bad.filter(isSafeName)).toEqual([]);
  const good = [
    ".gitmodules",
    ".gitattributes",
    ".github",
    "git",
    "a.git",
    "sub-01",
    "caf\u00e9 film.m4v",
    "...",
    "git~a",
  ];
  expect(good.filter(isSafeName)).toEqual(good);
});

test("links stay in the tree, or lead to git-annex's objects", () => {
  const good = [
    ["sub-01/a", "../.git/annex/objects/a/b/K/K"],
    ["a", ".git/annex/objects/a/b/K/K"],
    ["a/b", "../c/d"],
    ["a", "."],
  ];
  const bad = [
    ["a", "/etc/passwd"],
    ["a", "../b"],
    ["a/b/c", "../../../d"],
    ["a", ".git/config"],
    ["a/b", "../.git/hooks/pre-commit"],
    ["a", ".git/annex/objects/../../config"],
    ["a", "C:\\Windows"],
    ["a", "C:/Windows"],
    ["a", "..\\..\\b"],
    ["a", "//host/share"],
    ["a", ""],
  ];
  expect(good.filter(([path = "", target = ""]) => !isSafeLink(path, target))).toEqual([]);
  expect(bad.filter(([path = "", target = ""]) => isSafeLink(path, target))).toEqual([]);
});

test("refs that would be files elsewhere are refused", () => {
  const bad = [
    "HEAD",
    "refs/heads/../../config",
    "refs/heads//a",
    "refs/heads/.a",
    "refs/heads/a.lock",
    "refs/heads/a b",
    "refs/heads/a\\b",
    "refs/heads/a:b",
    "/refs/a",
    "refs/heads/a@{1}",
    "refs/heads/",
  ];
  expect(bad.filter(isSafeRef)).toEqual([]);
  const good = [
    "refs/heads/main",
    "refs/heads/git-annex",
    "refs/tags/1.0.0",
    "refs/heads/adjusted/main(unlocked)",
    "refs/pull/1/head",
  ];
  expect(good.filter(isSafeRef)).toEqual(good);
});
