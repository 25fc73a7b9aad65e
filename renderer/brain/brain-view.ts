import { MULTIPLANAR_TYPE, type Niivue, NVImage, SHOW_RENDER, SLICE_TYPE } from "@niivue/niivue";
import type { Grid } from "#app/contract/dataset.ts";
import { drawable } from "#renderer/brain/near-zero.ts";
import type { Box } from "./box.ts";
import { Drawing } from "./drawing.ts";
import { niftiBytes } from "./nifti-bytes.ts";
import { createViewer, LABEL_MARGIN_PIXELS } from "./viewer.ts";

/** How a brain is drawn, whatever map is on it. */
export interface BrainLook {
  readonly radiological: boolean;
  readonly ground: "black" | "white";
  readonly crosshair: boolean;
  readonly labels: boolean;
}

/**
 * Colours are counted from 0, so a value keeps its colour when the threshold moves, and nothing is drawn below it.
 * (The viewer's documentation calls this 1; its code takes 1 for translucent below the threshold.)
 */
const FROM_ZERO = 2;
/** A row holds three slices larger than a grid does in a panel wider than this. */
const WIDE = 2.1;
/** Likewise where there is no rendering to fill the fourth quarter. */
const WIDE_ALONE = 1.45;
/** Without a graphics card the 3-D rendering waits until the crosshair rests. */
const REST_MS = 250;
const SOFTWARE = /swiftshader|llvmpipe|software/i;
/** Of the background's longest side: 1 mm of a whole brain. */
const CROSSHAIR_SHARE = 1 / 230;
const RENDER_ANGLES = [250, 20] as const;
const CAPTION_PIXELS = 28;

/** One brain: a background, one map with a sign over it, a crosshair. With its drawing and SurfaceView the only code that knows NiiVue. */
export class BrainView {
  readonly #viewer: Niivue;
  readonly #canvas: HTMLCanvasElement;
  readonly #map: NVImage;
  readonly #resize: ResizeObserver;
  readonly #slow: boolean;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #box: Box | null = null;
  #drawing: Drawing | null = null;

  private constructor(viewer: Niivue, canvas: HTMLCanvasElement, map: NVImage) {
    this.#viewer = viewer;
    this.#canvas = canvas;
    this.#map = map;
    this.#slow = SOFTWARE.test(rendererName(viewer.gl));
    this.#resize = new ResizeObserver(() => this.#lay());
    this.#resize.observe(canvas);
  }

  /**
   * `background` is a NIfTI image, or a value for each voxel of the grid.
   *
   * @throws where there is no WebGL 2
   */
  static async on(
    canvas: HTMLCanvasElement,
    background: ArrayBuffer | Float32Array,
    grid: Grid,
    onMove: (mm: [number, number, number]) => void,
  ): Promise<BrainView> {
    const viewer = createViewer();
    await viewer.attachToCanvas(canvas);
    viewer.setSliceType(SLICE_TYPE.MULTIPLANAR);
    viewer.onLocationChange = (location: unknown) => {
      const mm = Reflect.get(Object(location), "mm") as ArrayLike<number> | undefined;
      if (mm !== undefined) onMove([mm[0] ?? 0, mm[1] ?? 0, mm[2] ?? 0]);
    };
    const image = background instanceof Float32Array ? niftiBytes(grid, background) : background;
    const zipped = new Uint8Array(image, 0, 2);
    const name = zipped[0] === 0x1f && zipped[1] === 0x8b ? "background.nii.gz" : "background.nii";
    const brain = await NVImage.loadFromUrl({ url: image, name, colormap: "gray" });
    const count = grid.dimensions.reduce((product, extent) => product * extent, 1);
    const map = await NVImage.loadFromUrl({
      url: niftiBytes(grid, new Float32Array(count)),
      name: "map.nii",
      colormap: "concord-positive",
      colormapNegative: "concord-negative",
      opacity: 0,
    });
    map.colormapType = FROM_ZERO;
    addTogether(viewer, [brain, map]);
    const [azimuth, elevation] = RENDER_ANGLES;
    viewer.setRenderAzimuthElevation(azimuth, elevation);
    return new BrainView(viewer, canvas, map);
  }

  /** Values on the whole grid, drawn from the threshold up to the scale's end and down to its negative; null hides. */
  show(values: Float32Array | null, threshold: number, end: number): void {
    if (values !== null) {
      this.#map.img = threshold > 0 ? values : drawable(values, end);
      // At 0 the viewer would paint what lies outside the region.
      this.#map.cal_min = Math.max(threshold, end * 1e-3);
      this.#map.cal_max = end;
      this.#map.cal_minNeg = -end;
      this.#map.cal_maxNeg = -this.#map.cal_min;
    }
    this.#map.opacity = values === null ? 0 : 1;
    // The viewer forgets the texture it had: without this, a dragged threshold would fill the memory.
    if (this.#viewer.overlayTexture !== null) this.#viewer.gl.deleteTexture(this.#viewer.overlayTexture);
    this.#viewer.refreshLayers(this.#map, 1);
    this.#draw();
  }

  look({ radiological, ground, crosshair, labels }: BrainLook): void {
    const { opts } = this.#viewer;
    // Both together, or the sagittal slice would contradict the others.
    opts.isRadiologicalConvention = radiological;
    opts.sagittalNoseLeft = radiological;
    opts.backColor = ground === "black" ? [0, 0, 0, 1] : [1, 1, 1, 1];
    opts.fontColor = ground === "black" ? [0.85, 0.85, 0.85, 1] : [0.2, 0.2, 0.2, 1];
    opts.isOrientationTextVisible = labels;
    opts.tileMargin = labels ? LABEL_MARGIN_PIXELS : 0;
    opts.show3Dcrosshair = crosshair;
    this.#crosshair(crosshair);
    this.#draw();
  }

  /** Frames a box of mm, or all of the background; undoes what was panned, zoomed and turned. */
  frame(box: Box | null): void {
    this.#box = box;
    const { scene } = this.#viewer;
    const [least, most] = this.#viewer.sceneExtentsMinMax(true);
    const fields = ([0, 1, 2] as const).map((axis) => [least?.[axis] ?? 0, most?.[axis] ?? 0] as const);
    const sizeOf = (axis: number) => (box?.most[axis] ?? 0) - (box?.least[axis] ?? 0);
    const zoom =
      box === null
        ? 1
        : Math.max(1, Math.min(...fields.map(([from, to], axis) => (to - from) / sizeOf(axis))));
    const pan = fields.map(([from, to], axis) => {
      const half = (to - from) / zoom / 2;
      const middle = ((box?.least[axis] ?? from) + (box?.most[axis] ?? to)) / 2;
      // A box at the edge is no reason to show what lies beyond the background.
      const held = Math.max(from + half, Math.min(to - half, middle));
      return (from + to) / 2 - zoom * held;
    });
    scene.pan2Dxyzmm = [pan[0] ?? 0, pan[1] ?? 0, pan[2] ?? 0, zoom];
    [scene.renderAzimuth, scene.renderElevation] = RENDER_ANGLES;
    this.#crosshair(this.#viewer.opts.crosshairWidth > 0);
    this.#draw();
  }

  moveTo([x, y, z]: readonly [number, number, number]): void {
    this.#viewer.scene.crosshairPos = this.#viewer.mm2frac([x, y, z]);
    this.#draw();
  }

  /** Lets a mask on the images' grid be drawn, on the slices alone: they follow a pen better without the rendering. */
  startDrawing(images: Grid, onChange: (voxels: Int32Array) => void): Drawing {
    this.#drawing = new Drawing(this.#viewer, this.#canvas, images, () => this.#draw(), onChange);
    this.#lay();
    return this.#drawing;
  }

  /** Draws, and gives the picture while it is still in the canvas, with a line of words under it. */
  picture(caption: string): HTMLCanvasElement {
    this.#drawAll();
    const { width, height } = this.#canvas;
    const copy = document.createElement("canvas");
    copy.width = width;
    copy.height = height + CAPTION_PIXELS;
    const pen = copy.getContext("2d");
    if (pen === null) return copy;
    pen.fillStyle = this.#viewer.opts.backColor[0] === 0 ? "black" : "white";
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(this.#canvas, 0, 0);
    pen.fillStyle = this.#viewer.opts.backColor[0] === 0 ? "white" : "black";
    pen.font = "13px system-ui, sans-serif";
    pen.fillText(caption, 8, height + 18);
    return copy;
  }

  /** Gives the graphics memory back. */
  close(): void {
    this.#resize.disconnect();
    this.#drawing?.close();
    clearTimeout(this.#rest);
    cancelAnimationFrame(this.#frame);
    this.#viewer.cleanup();
    this.#canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }

  /** Once a frame, however much has changed. */
  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (!this.#slow) return this.#drawAll();
      this.#viewer.opts.multiplanarShowRender = SHOW_RENDER.NEVER;
      this.#viewer.drawScene();
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#drawAll(), REST_MS);
    });
  }

  #drawAll(): void {
    this.#viewer.opts.multiplanarShowRender = this.#drawing === null ? SHOW_RENDER.AUTO : SHOW_RENDER.NEVER;
    this.#viewer.drawScene();
  }

  /** A line as thin at every zoom. */
  #crosshair(visible: boolean): void {
    const { opts, scene, crosshairs3D } = this.#viewer;
    const [least, most] = this.#viewer.sceneExtentsMinMax(true);
    const longest = Math.max(...[0, 1, 2].map((axis) => (most?.[axis] ?? 0) - (least?.[axis] ?? 0)));
    opts.crosshairWidth = visible ? (CROSSHAIR_SHARE * longest) / (scene.pan2Dxyzmm[3] ?? 1) : 0;
    // The viewer makes its lines anew only when their place changes.
    if (crosshairs3D?.mm) crosshairs3D.mm = [Number.NaN, Number.NaN, Number.NaN, 1];
  }

  /** The grid leaves its fourth quarter to the 3-D rendering, where that is shown. */
  #lay(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const wide = this.#drawing === null ? WIDE : WIDE_ALONE;
    const layout = clientWidth > wide * clientHeight ? MULTIPLANAR_TYPE.ROW : MULTIPLANAR_TYPE.GRID;
    if (this.#viewer.opts.multiplanarLayout === layout) return;
    this.#viewer.setMultiplanarLayout(layout);
    this.frame(this.#box);
  }
}

function rendererName(gl: WebGL2RenderingContext): string {
  const told = gl.getExtension("WEBGL_debug_renderer_info");
  return told === null ? "" : String(gl.getParameter(told.UNMASKED_RENDERER_WEBGL));
}

/** The viewer computes all of its textures anew for every image added, which takes seconds without a graphics card. */
function addTogether(viewer: Niivue, images: readonly NVImage[]): void {
  const update = viewer.updateGLVolume.bind(viewer);
  viewer.updateGLVolume = () => undefined;
  for (const image of images) viewer.addVolume(image);
  viewer.updateGLVolume = update;
  viewer.updateGLVolume();
}
