import { z } from "zod";

/** What an axis of an array is. */
export const Axis = z.enum(["voxels", "time", "subjects"]);
export type Axis = z.infer<typeof Axis>;

const Shape = z.array(z.int().min(1)).readonly();

/** An array whose axes a person may tell. */
export const ArrayAt = z.strictObject({
  /** Relative to the folder that was opened; of a file its name. */
  file: z.string(),
  /** The variable's name; "" where the file is one array. */
  name: z.string(),
  shape: Shape,
  /** As NumPy calls it: "float64". */
  type: z.string(),
});
export type ArrayAt = z.infer<typeof ArrayAt>;

/** Arrays that are asked about at once: of one shape, or of one kind and alike in one axis. */
export const AxesQuestion = z.strictObject({
  /** Each shape once. */
  shapes: z.array(Shape).min(1).readonly(),
  /** How many arrays. */
  count: z.int(),
  example: ArrayAt,
  /** What the axes are most likely, in their order. */
  preset: z.array(Axis).readonly(),
});
export type AxesQuestion = z.infer<typeof AxesQuestion>;

/** What the axes of arrays of this shape are; null where they are no images. */
export const AxesAnswer = z.strictObject({ shape: Shape, axes: z.array(Axis).max(3).readonly().nullable() });
export type AxesAnswer = z.infer<typeof AxesAnswer>;

/** What a person tells of the arrays in a file or folder. */
export const ToldAxes = z.strictObject({
  path: z.string().min(1).max(4096),
  answers: z.array(AxesAnswer).max(100_000).readonly(),
  /** Arrays carry no repetition time. */
  trSeconds: z.number().gt(0).lt(1000).nullable(),
});
export type ToldAxes = z.infer<typeof ToldAxes>;
