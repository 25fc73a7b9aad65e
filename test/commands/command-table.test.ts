import { beforeAll, expect, test, vi } from "vitest";
import { menuCommands } from "#app/contract/calls.ts";
import type { Command } from "#renderer/commands/command.ts";

let commands: readonly Command[];

beforeAll(async () => {
  // The stores behind the commands ask the window for its bridge.
  vi.stubGlobal("window", { bridge: { call: async () => ({ ok: true, value: [] }), on: () => () => {} } });
  ({ commands } = await import("#renderer/commands/command-table.ts"));
});

test("no two commands share a name or a key", () => {
  const ids = commands.map(({ id }) => id);
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
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
