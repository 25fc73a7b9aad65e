import { create } from "zustand";
import type { MethodName } from "#app/contract/result.ts";

/** What is chosen, in every place at once. */
interface Selection {
  readonly subject: string | null;
  readonly condition: string | null;
  /** A cell of the confusion matrix: true and predicted class. */
  readonly cell: { readonly label: number; readonly predicted: number } | null;
  readonly method: MethodName;
  /** Crosshair, mm. */
  readonly crosshair: readonly [number, number, number] | null;
  /** Which of a region's columns, where they have no place in a volume. */
  readonly column: number | null;
  select(change: Partial<Omit<Selection, "select">>): void;
}

export const useSelection = create<Selection>()((set) => ({
  subject: null,
  condition: null,
  cell: null,
  method: "aligned",
  crosshair: null,
  column: null,
  select: (change) => set(change),
}));
