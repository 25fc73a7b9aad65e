import { describe, expect, test } from "vitest";
import { LentMemory } from "#app/linalg/lent-memory.ts";

describe("lent memory", () => {
  const own = () => new LentMemory((count) => new Float64Array(count));

  test("is the caller's own where nothing is lent", () => {
    const memory = own();
    const [first, second] = [memory.take(3), memory.take(3)];
    expect(first.buffer).not.toBe(second.buffer);
    expect(first.length).toBe(3);
  });

  test("is apart within a piece of work, and lent anew after it", () => {
    const memory = own();
    const [first, second] = memory.within(() => [memory.take(3), memory.take(5)]);
    first?.fill(1);
    second?.fill(2);
    expect([...(first ?? [])]).toStrictEqual([1, 1, 1]);
    const again = memory.within(() => memory.take(3));
    expect(again.buffer).toBe(first?.buffer);
    expect(again.byteOffset).toBe(first?.byteOffset);
  });

  test("is not taken from work that is still going on", () => {
    const memory = own();
    memory.within(() => {
      const outer = memory.take(4).fill(7);
      memory.within(() => memory.take(4).fill(8));
      const later = memory.take(4).fill(9);
      expect([...outer]).toStrictEqual([7, 7, 7, 7]);
      expect([...later]).toStrictEqual([9, 9, 9, 9]);
    });
  });

  test("comes in more blocks than one, and is taken back where work fails", () => {
    const memory = own();
    const pieces = memory.within(() => [memory.take(400_000), memory.take(400_000), memory.take(2_000_000)]);
    expect(new Set(pieces.map(({ buffer }) => buffer)).size).toBe(3);
    expect(() =>
      memory.within(() => {
        memory.take(8);
        throw new Error("stopped");
      }),
    ).toThrow("stopped");
    expect(memory.within(() => memory.take(1)).byteOffset).toBe(0);
    memory.giveBack();
    expect(memory.within(() => memory.take(1)).buffer).not.toBe(pieces[0]?.buffer);
  });
});
