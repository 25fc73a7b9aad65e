import { posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { isOurPage, pageFile } from "#main/page-file.ts";

test("the page's own files are found, on every system", () => {
  expect(pageFile("/opt/concord/out", "app://bundle/index.html", posix)).toBe("/opt/concord/out/index.html");
  expect(pageFile("/opt/concord/out", "app://bundle/assets/index-B4_x.js?a#b", posix)).toBe(
    "/opt/concord/out/assets/index-B4_x.js",
  );
  expect(pageFile("C:\\Concord\\out", "app://bundle/assets/a.css", win32)).toBe(
    "C:\\Concord\\out\\assets\\a.css",
  );
});

test.each([
  "app://bundle/",
  "app://bundle/../package.json",
  "app://bundle/%2e%2e/package.json",
  "app://bundle/..%2fpackage.json",
  "app://bundle/a/..%2f..%2fpackage.json",
  "app://bundle/..%5c..%5cpackage.json",
  "app://bundle/%5c%5cserver%5cshare",
  "app://bundle/C:/Windows/win.ini",
  "app://bundle/C%3a/Windows/win.ini",
  "app://bundle/index.html%3a%3a$DATA",
  "app://bundle/index.html%00.js",
  "app://bundle/%E0%A4%A",
  "app://bundle//etc/passwd",
  "app://other/index.html",
  "https://bundle/index.html",
  "index.html",
])("nothing is served for %s", (address) => {
  // Dot segments that the address itself resolves stay inside; the file is then not there.
  for (const [folder, rules] of [
    ["/opt/concord/out", posix],
    ["C:\\Concord\\out", win32],
  ] as const) {
    const file = pageFile(folder, address, rules);
    expect(file === null || file === rules.join(folder, "package.json")).toBe(true);
  }
});

test("only the page's own origin is ours", () => {
  expect(isOurPage("app://bundle/index.html")).toBe(true);
  for (const address of [
    "app://bundle.example.org/",
    "app://user@other/",
    "file:///bundle",
    "about:blank",
    "",
  ])
    expect(isOurPage(address)).toBe(false);
});
