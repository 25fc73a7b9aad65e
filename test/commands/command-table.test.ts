import { beforeAll, expect, test, vi } from "vitest";
import { menuCommands } from "#app/contract/calls.ts";
import type { Command } from "#renderer/commands/command.ts";

let commands: readonly Command[];

beforeAll(async () => {
  // The stores behind the commands ask the window for its bridge.
  vi.stubGlobal("window", { bridge: { call: async () => ({ ok: true, value: [] }), on: () => () => {} } });
  ({ commands } = await import("#renderer/commands/command-table.ts"));
});

test("no two commands share a name, nor a key where both could apply", () => {
  const ids = commands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // Inspect and drawing are never on the screen together.
  for (const absent of ["Inspect", "Draw"]) {
    const keys = commands.filter(({ group }) => group !== absent).flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test("every command of the menu is in the table", () => {
  const ids = commands.map(({ id }) => id);
  for (const command of menuCommands) expect(ids).toContain(command);
});

test("what moves the brains applies only where they are", () => {
  const inspecting = commands.filter(({ group }) => group === "Inspect");
  expect(inspecting.length).toBeGreaterThan(20);
  expect(inspecting.filter((command) => command.applies())).toStrictEqual([]);
});

test("what draws applies only while a region is drawn", () => {
  const drawing = commands.filter(({ group }) => group === "Draw");
  expect(drawing.flatMap(({ keys }) => keys)).toStrictEqual(["b", "e", "[", "]", "Mod+z"]);
  expect(drawing.filter((command) => command.applies())).toStrictEqual([]);
});
