import { Niivue, NVImage, SLICE_TYPE } from "@niivue/niivue";
import type { Grid } from "#app/contract/dataset.ts";
import { niftiBytes } from "./nifti-bytes.ts";

export interface Overlay {
  readonly grid: Grid;
  /** On the whole grid. */
  readonly values: Float32Array;
  readonly threshold: number;
  readonly end: number;
  readonly diverging: boolean;
}

export const signedColours = { positive: "warm", negative: "winter" } as const;

/** One brain: a background, at most one overlay, a crosshair. The only code that knows NiiVue. */
export class BrainView {
  readonly #viewer: Niivue;
  readonly #canvas: HTMLCanvasElement;
  #overlay: NVImage | null = null;

  private constructor(viewer: Niivue, canvas: HTMLCanvasElement) {
    this.#viewer = viewer;
    this.#canvas = canvas;
  }

  /** @throws where there is no WebGL 2 */
  static async on(
    canvas: HTMLCanvasElement,
    background: ArrayBuffer,
    onMove: (mm: [number, number, number]) => void,
  ): Promise<BrainView> {
    const viewer = new Niivue({
      dragAndDropEnabled: false,
      isColorbar: false,
      loadingText: "",
      crosshairWidth: 0.6,
      crosshairColor: [0.9, 0.7, 0.1, 0.9],
      backColor: [0, 0, 0, 1],
      isOrientationTextVisible: true,
      viewModeHotKey: "",
      clipPlaneHotKey: "",
      cycleClipPlaneHotKey: "",
      show3Dcrosshair: true,
    });
    await viewer.attachToCanvas(canvas);
    viewer.setSliceType(SLICE_TYPE.MULTIPLANAR);
    viewer.opts.multiplanarShowRender = 0;
    viewer.onLocationChange = (location: unknown) => {
      const mm = Reflect.get(Object(location), "mm") as ArrayLike<number> | undefined;
      if (mm !== undefined) onMove([mm[0] ?? 0, mm[1] ?? 0, mm[2] ?? 0]);
    };
    const zipped = new Uint8Array(background, 0, 2);
    const name = zipped[0] === 0x1f && zipped[1] === 0x8b ? "background.nii.gz" : "background.nii";
    viewer.addVolume(await NVImage.loadFromUrl({ url: background, name, colormap: "gray" }));
    return new BrainView(viewer, canvas);
  }

  async show(overlay: Overlay | null): Promise<void> {
    if (this.#overlay !== null) this.#viewer.removeVolume(this.#overlay);
    this.#overlay = null;
    if (overlay !== null) {
      const { grid, values, threshold, end, diverging } = overlay;
      const image = await NVImage.loadFromUrl({
        url: niftiBytes(grid, values),
        name: "map.nii",
        colormap: diverging ? signedColours.positive : "viridis",
        colormapNegative: diverging ? signedColours.negative : "",
        // At 0 the viewer would paint what lies outside the region.
        cal_min: Math.max(threshold, end * 1e-3),
        cal_max: end,
        opacity: 0.9,
      });
      if (diverging) {
        image.cal_minNeg = -Math.max(threshold, end * 1e-3);
        image.cal_maxNeg = -end;
      }
      this.#viewer.addVolume(image);
      this.#overlay = image;
    }
    this.#viewer.updateGLVolume();
  }

  moveTo([x, y, z]: readonly [number, number, number]): void {
    this.#viewer.scene.crosshairPos = this.#viewer.mm2frac([x, y, z]);
    this.#viewer.drawScene();
  }

  /** Draws, and gives the picture while it is still in the canvas. */
  picture(): HTMLCanvasElement {
    this.#viewer.drawScene();
    const copy = document.createElement("canvas");
    copy.width = this.#canvas.width;
    copy.height = this.#canvas.height;
    copy.getContext("2d")?.drawImage(this.#canvas, 0, 0);
    return copy;
  }
}
