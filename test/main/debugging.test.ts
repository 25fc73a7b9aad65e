import { expect, test } from "vitest";
import { isForbiddenDebugging } from "#main/debugging.ts";

const release = { isPackaged: true, inspectorUrl: undefined };

test.each([
  ["--inspect"],
  ["--inspect=0.0.0.0:9229"],
  ["--inspect-brk"],
  ["--remote-debugging-port=9222"],
  ["--remote-debugging-pipe"],
  ["-remote-debugging-port=9222"],
])("the installed application refuses %s", (argument) => {
  expect(isForbiddenDebugging(["concord", argument], release)).toBe(true);
});

test("the installed application starts with its own arguments, and with a folder of any name", () => {
  expect(isForbiddenDebugging(["concord", "--cli", "run", "/data/inspect"], release)).toBe(false);
});

test("a checkout, and a packed build whose inspector fuse is on, may be debugged", () => {
  const args = ["concord", "--inspect=0", "--remote-debugging-port=0"];
  expect(isForbiddenDebugging(args, { isPackaged: false, inspectorUrl: undefined })).toBe(false);
  expect(isForbiddenDebugging(args, { isPackaged: true, inspectorUrl: "ws://127.0.0.1:1" })).toBe(false);
});
