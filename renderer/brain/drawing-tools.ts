export const drawingTools = ["move", "pen", "filled", "eraser"] as const;
export type DrawingTool = (typeof drawingTools)[number];

/** Each size is two of the images' voxels wider than the one before: 1, 3, 5, 7, 9. */
export const brushSizes = [1, 2, 3, 4, 5] as const;

export function brushWidth(size: number): number {
  return 2 * size - 1;
}
