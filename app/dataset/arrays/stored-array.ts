import { Fault } from "#app/contract/fault.ts";
import type { NumberType } from "./number-type.ts";

/** One numeric array of a file, as its header tells. */
export interface StoredArray {
  /** The variable's name; "" where the file is one array. An array in a cell is "name{1}". */
  readonly name: string;
  readonly shape: readonly number[];
  /** What the numbers are to their writer: "float64". */
  readonly type: string;
  /** How they are stored, which in MATLAB may be smaller. */
  readonly stored: NumberType;
  readonly littleEndian: boolean;
  /** Whether neighbours along the first axis lie together (Fortran, MATLAB), else along the last (C). */
  readonly firstFastest: boolean;
  /** The stored bytes from `from` up to `to`, counted from the first value. */
  bytes(from: number, to: number): AsyncIterable<Buffer>;
}

/** What is in a file and can't be read, and why: "it holds Python objects, which are never loaded". */
export interface RefusedArray {
  readonly name: string;
  readonly detail: string;
}

export interface ArrayFile {
  readonly arrays: readonly StoredArray[];
  readonly refused: readonly RefusedArray[];
}

/** More than any study: a file that holds more would take minutes to list. */
export const mostArrays = 4096;

/** How many numbers a shape holds; Infinity where there are too many to count. */
export function countOf(shape: readonly number[]): number {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return Number.isSafeInteger(count) ? count : Number.POSITIVE_INFINITY;
}

/**
 * Holds what an array's header claims against the bytes that are there.
 * @throws Fault image/unreadable where a shape holds nothing or too much, image/truncated where bytes are missing
 */
export function checkClaim(path: string, shape: readonly number[], valueBytes: number, found: number): void {
  if (shape.length === 0 || shape.some((extent) => !Number.isInteger(extent) || extent < 1)) {
    throw new Fault("image/unreadable", {
      path,
      detail: `an array's shape is ${shapeText(shape) || "missing"}`,
    });
  }
  const expected = countOf(shape) * valueBytes;
  if (expected > found) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(found) });
  }
}

export function shapeText(shape: readonly number[]): string {
  return shape.join(" × ");
}
