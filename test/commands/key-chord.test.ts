import { expect, test } from "vitest";
import { chordOf, chordWords, type Press } from "#renderer/commands/key-chord.ts";

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  altGraph: false,
  ...held,
});

test("Ctrl and Cmd are one, and Shift counts only where it makes no other character", () => {
  expect(chordOf(press("o", { ctrlKey: true }))).toBe("Mod+o");
  expect(chordOf(press("Enter", { metaKey: true }))).toBe("Mod+Enter");
  expect(chordOf(press("ArrowLeft", { shiftKey: true }))).toBe("Shift+ArrowLeft");
  expect(chordOf(press("?", { shiftKey: true }))).toBe("?");
  expect(chordOf(press("V", { shiftKey: true }))).toBe("v");
  expect(chordOf(press("O", { shiftKey: true, ctrlKey: true }))).toBe("Mod+Shift+o");
  expect(chordOf(press("+", { shiftKey: true, ctrlKey: true }))).toBe("Mod++");
  expect(chordOf(press("v", { altKey: true }))).toBe("Alt+v");
});

test("a bracket that a layout reaches with AltGr is a bracket", () => {
  expect(chordOf(press("[", { ctrlKey: true, altKey: true, altGraph: true }))).toBe("[");
});

test("a chord in the words of the system", () => {
  expect(chordWords("Mod+o", false)).toStrictEqual(["Ctrl", "O"]);
  expect(chordWords("Mod+1", true)).toStrictEqual(["⌘", "1"]);
  expect(chordWords("Shift+PageUp", false)).toStrictEqual(["Shift", "PgUp"]);
});
