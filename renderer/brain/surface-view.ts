import { NVMesh, SLICE_TYPE } from "@niivue/niivue";
import type { HemisphereSide, SurfaceMesh } from "#app/contract/surface.ts";
import { createViewer } from "./viewer.ts";

export const faces = ["lateral", "medial"] as const;
export type SurfaceFace = (typeof faces)[number];

/** From where a hemisphere is looked at: azimuth in degrees, as the viewer counts it. */
const AZIMUTHS: Readonly<Record<HemisphereSide, Readonly<Record<SurfaceFace, number>>>> = {
  left: { lateral: 90, medial: 270 },
  right: { lateral: 270, medial: 90 },
};

/** Of the canvas the viewer fills two thirds by itself. */
const SCALE = 1.35;
/** A pointer that went farther was turning. */
const DRAG_PIXELS = 4;

/** One hemisphere to be turned and clicked on, a colour a vertex. */
export class SurfaceView {
  readonly #viewer: ReturnType<typeof createViewer>;
  readonly #canvas: HTMLCanvasElement;
  readonly #mesh: NVMesh;

  private constructor(viewer: ReturnType<typeof createViewer>, canvas: HTMLCanvasElement, mesh: NVMesh) {
    this.#viewer = viewer;
    this.#canvas = canvas;
    this.#mesh = mesh;
  }

  /** `onPick` hears the place in mm that was clicked. @throws where there is no WebGL 2 */
  static async on(
    canvas: HTMLCanvasElement,
    { points, triangles }: SurfaceMesh,
    onPick: (mm: readonly [number, number, number]) => void,
  ): Promise<SurfaceView> {
    const viewer = createViewer();
    await viewer.attachToCanvas(canvas);
    viewer.setSliceType(SLICE_TYPE.RENDER);
    viewer.opts.show3Dcrosshair = false;
    viewer.opts.isOrientationTextVisible = false;
    viewer.opts.backColor = [0, 0, 0, 1];
    const colours = new Uint8Array((4 * points.length) / 3).fill(255);
    const mesh = new NVMesh(points, triangles, "cortex", colours, 1, true, viewer.gl);
    viewer.addMesh(mesh);
    viewer.scene.volScaleMultiplier = SCALE;
    viewer.onLocationChange = (location: unknown) => {
      const mm = Reflect.get(Object(location), "mm") as ArrayLike<number> | undefined;
      if (mm === undefined) return;
      onPick([mm[0] ?? 0, mm[1] ?? 0, mm[2] ?? 0]);
    };
    pickOnClick(viewer, canvas);
    return new SurfaceView(viewer, canvas, mesh);
  }

  /** Red, green, blue and opacity of each vertex. */
  show(colours: Uint8Array): void {
    this.#mesh.rgba255 = colours;
    this.#mesh.updateMesh(this.#viewer.gl);
    this.#viewer.drawScene();
  }

  face(side: HemisphereSide, face: SurfaceFace): void {
    this.#viewer.setRenderAzimuthElevation(AZIMUTHS[side][face], 0);
  }

  /** The picture while it is still in the canvas. */
  picture(): HTMLCanvasElement {
    this.#viewer.drawScene();
    const copy = document.createElement("canvas");
    copy.width = this.#canvas.width;
    copy.height = this.#canvas.height;
    copy.getContext("2d")?.drawImage(this.#canvas, 0, 0);
    return copy;
  }

  /** Gives the graphics memory back. */
  close(): void {
    this.#viewer.cleanup();
    this.#canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** The viewer itself looks for what lies under the pointer on a double click only. */
function pickOnClick(viewer: ReturnType<typeof createViewer>, canvas: HTMLCanvasElement): void {
  let begun: readonly [number, number] = [0, 0];
  canvas.addEventListener("pointerdown", ({ offsetX, offsetY }) => {
    begun = [offsetX, offsetY];
  });
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    if (Math.hypot(offsetX - begun[0], offsetY - begun[1]) > DRAG_PIXELS) return;
    const scale = viewer.uiData.dpr ?? 1;
    viewer.mousePos = [offsetX * scale, offsetY * scale];
    viewer.uiData.mouseDepthPicker = true;
    viewer.drawScene();
    viewer.drawScene();
  });
}
