import { DRAG_MODE, Niivue, SHOW_RENDER } from "@niivue/niivue";
import { signedColours, viewerColours } from "./signed-colours.ts";

/** Around each slice, both sides together. */
export const LABEL_MARGIN_PIXELS = 30;
const LABEL_PIXELS = 13;

/** NiiVue as Concord uses it: our colours, our keys, and what it leaves to be mended. */
export function createViewer(): Niivue {
  const viewer = new Niivue({
    dragAndDropEnabled: false,
    isColorbar: false,
    loadingText: "",
    crosshairWidthUnit: "mm",
    crosshairColor: [0.9, 0.7, 0.1, 0.9],
    showAllOrientationMarkers: true,
    fontMinPx: LABEL_PIXELS,
    fontSizeScaling: 0,
    dragMode: DRAG_MODE.pan,
    // The view lets the rendering be drawn, once there is something to render.
    multiplanarShowRender: SHOW_RENDER.NEVER,
    multiplanarPadPixels: LABEL_PIXELS,
    isSliceMM: true,
    // What is outside the head is no part of the picture: it takes the colour behind.
    isAlphaClipDark: true,
    yoke3Dto2DZoom: false,
  });
  // Every key goes through the application's table of commands.
  viewer.keyDownListener = () => undefined;
  viewer.addColormap("concord-positive", viewerColours(signedColours.positive));
  viewer.addColormap("concord-negative", viewerColours(signedColours.negative));
  labelBeside(viewer);
  clearSmallTextures(viewer);
  return viewer;
}

/** The letters of the sides go into the margin of a slice: on bright tissue they could not be read. */
function labelBeside(viewer: Niivue): void {
  const label = viewer.drawSliceOrientationText.bind(viewer);
  viewer.drawSliceOrientationText = ([left = 0, top = 0, width = 0, height = 0], slice) => {
    const margin = (LABEL_MARGIN_PIXELS * (viewer.uiData.dpr ?? 1)) / 2;
    // Depth is cleared for the slice alone.
    viewer.gl.disable(viewer.gl.DEPTH_TEST);
    label([left - margin, top - margin, width + 2 * margin, height + 2 * margin], slice);
  };
}

/**
 * What lies outside the map's grid is taken from a texture of 2 × 2 × 2 that the viewer leaves as it finds it: some
 * graphics hand out memory that was used before.
 */
function clearSmallTextures(viewer: Niivue): void {
  const make = viewer.rgbaTex.bind(viewer);
  viewer.rgbaTex = (texture, unit, dimensions, clear) =>
    make(texture, unit, dimensions, clear === true || dimensions[1] === 2);
}
