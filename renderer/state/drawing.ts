import { create } from "zustand";
import { brushSizes, type DrawingTool } from "#renderer/brain/drawing-tools.ts";

/** Drawing a region by hand. Drawings are on the grid of one of the images, and kept by its path. */
interface DrawingState {
  /** The image whose grid is drawn on, while that is chosen; null else. */
  readonly open: string | null;
  /** What can be done to the drawing on the screen; null where there is none. */
  readonly shown: { undo(): void } | null;
  readonly tool: DrawingTool;
  /** One of `brushSizes`. */
  readonly size: number;
  /** Drawings that are not saved, of every dataset that was open: voxels on the image's grid. */
  readonly unsaved: ReadonlyMap<string, Int32Array>;
  change(change: Partial<Pick<DrawingState, "open" | "shown" | "tool">>): void;
  resize(size: number): void;
  /** Keeps what is drawn; null forgets it, saved or thrown away. */
  keep(image: string, voxels: Int32Array | null): void;
}

export const useDrawing = create<DrawingState>()((set) => ({
  open: null,
  shown: null,
  tool: "pen",
  size: 1,
  unsaved: new Map(),
  change: (change) => set(change),
  resize: (size) => set({ size: Math.max(1, Math.min(brushSizes.length, size)) }),
  keep: (image, voxels) =>
    set(({ unsaved }) => {
      const next = new Map(unsaved);
      if (voxels === null) next.delete(image);
      else next.set(image, voxels);
      return { unsaved: next };
    }),
}));

/** Lets main ask before a window with a drawing that is not saved is closed. */
export function guardDrawings(): void {
  addEventListener("beforeunload", (event) => {
    if (useDrawing.getState().unsaved.size > 0) event.preventDefault();
  });
}
