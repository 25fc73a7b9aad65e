import { DRAG_MODE, type Niivue } from "@niivue/niivue";
import type { Grid } from "#app/contract/dataset.ts";
import { brushWidth, type DrawingTool } from "./drawing-tools.ts";
import { DrawnMask } from "./drawn-mask.ts";

const OPACITY = 0.55;

/** NiiVue's pen on a brain; each stroke snaps to the images' voxels when it ends. */
export class Drawing {
  readonly #viewer: Niivue;
  readonly #mask: DrawnMask;
  readonly #redraw: () => void;
  readonly #onChange: (voxels: Int32Array) => void;
  readonly #closing = new AbortController();
  /** Background voxels to one of the images'. */
  readonly #ratio: number;

  constructor(
    viewer: Niivue,
    canvas: HTMLCanvasElement,
    images: Grid,
    redraw: () => void,
    onChange: (voxels: Int32Array) => void,
  ) {
    this.#viewer = viewer;
    this.#redraw = redraw;
    this.#onChange = onChange;
    const background = backgroundGrid(viewer);
    this.#mask = new DrawnMask(images, background);
    this.#ratio = voxelSize(images) / voxelSize(background);
    // The mask keeps what can be undone: the viewer would pack the whole background after each stroke, comes round to
    // the newest past the oldest, and forgets strokes that leave the canvas.
    viewer.drawAddUndoBitmap = () => undefined;
    viewer.createEmptyDrawing();
    viewer.setDrawOpacity(OPACITY);
    viewer.onMouseUp = () => this.#settle();
    this.#listen(canvas);
  }

  use(tool: DrawingTool, size: number): void {
    const viewer = this.#viewer;
    viewer.opts.penSize = 2 * Math.round(((brushWidth(size) - 1) / 2) * this.#ratio) + 1;
    viewer.setPenValue(tool === "eraser" ? 0 : 1, tool === "filled");
    viewer.setDrawingEnabled(tool !== "move");
  }

  /** Starts from these voxels of the images. */
  load(voxels: Int32Array): void {
    this.#mask.load(voxels);
    this.#show();
  }

  /** Linear on the images' grid, ascending. */
  voxels(): Int32Array {
    return this.#mask.voxels();
  }

  undo(): void {
    if (!this.#mask.undo()) return;
    this.#show();
    this.#onChange(this.#mask.voxels());
  }

  clear(): void {
    this.#mask.clear();
    this.#show();
    this.#onChange(this.#mask.voxels());
  }

  close(): void {
    this.#closing.abort();
  }

  /** The end of a stroke. */
  #settle(): void {
    const { drawBitmap } = this.#viewer;
    if (drawBitmap === null || !this.#viewer.opts.drawingEnabled) return;
    const changed = this.#mask.take(drawBitmap);
    this.#show();
    if (changed) this.#onChange(this.#mask.voxels());
  }

  #show(): void {
    const { drawBitmap } = this.#viewer;
    if (drawBitmap === null) return;
    drawBitmap.set(this.#mask.painted);
    this.#viewer.refreshDrawing(false);
    this.#redraw();
  }

  /** Before the viewer hears it: the wheel goes through the slices, with Ctrl it zooms; a stroke that leaves ends there. */
  #listen(canvas: HTMLCanvasElement): void {
    const { opts } = this.#viewer;
    const first = { capture: true, signal: this.#closing.signal };
    canvas.addEventListener(
      "wheel",
      (event) => {
        opts.dragMode = event.ctrlKey || event.metaKey ? DRAG_MODE.pan : DRAG_MODE.none;
      },
      first,
    );
    canvas.addEventListener(
      "mousedown",
      () => {
        opts.dragMode = DRAG_MODE.pan;
      },
      first,
    );
    canvas.addEventListener(
      "mouseleave",
      () => {
        if (this.#viewer.uiData.mousedown) this.#viewer.mouseUpListener();
      },
      first,
    );
  }
}

/** The grid that the viewer draws on: the background's, turned so that its axes run to the right, front and top. */
function backgroundGrid({ volumes }: Niivue): Grid {
  const [brain] = volumes;
  if (brain?.dimsRAS === undefined || brain.matRAS === undefined) throw new Error("there is no background");
  const [, nx = 0, ny = 0, nz = 0] = brain.dimsRAS;
  return { kind: "volume", dimensions: [nx, ny, nz], affine: Array.from(brain.matRAS) };
}

/** The geometric mean of a voxel's edges, mm. */
function voxelSize({ affine }: Grid): number {
  return Math.cbrt(
    [0, 1, 2].reduce(
      (product, column) => product * Math.hypot(...[0, 4, 8].map((row) => affine[row + column] as number)),
      1,
    ),
  );
}
