import { closeSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { codeOf } from "#app/contract/writing-fault.ts";
import type { Single } from "#app/linalg/matrix.ts";

/**
 * Rows × columns in storage precision in a file, panel by panel: each holds `width` columns (the last what is left) row by
 * row, and after them what they are known again by. A panel that was never written, or only in part, is not taken for one.
 */
export interface PanelFile {
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
}

/** The columns of a panel. */
export interface PanelColumns {
  readonly first: number;
  readonly count: number;
}

/** A checksum of the values, and a mark, since there is no value of which none is the checksum. */
const TAIL_BYTES = 8;
const MARK = 0x434e4350;

export function panelsOf({ columns, width }: PanelFile): number {
  return Math.ceil(columns / width);
}

export function columnsOfPanel({ columns, width }: PanelFile, panel: number): PanelColumns {
  const first = panel * width;
  return { first, count: Math.min(width, columns - first) };
}

/** What the whole file takes. */
export function bytesOf(file: PanelFile): number {
  return 4 * file.rows * file.columns + TAIL_BYTES * panelsOf(file);
}

/** Makes the file, of no panel yet, over one that was there. @throws Fault scratch/full, scratch/gone */
export function createPanels(file: PanelFile): void {
  withFile(file, "w", (descriptor) => ftruncateSync(descriptor, bytesOf(file)));
}

/** Puts a panel in its place. Threads may write panels of one file side by side. @throws Fault scratch/full, scratch/gone */
export function writePanel(file: PanelFile, panel: number, { rows, columns, data }: Single): void {
  const { count } = columnsOfPanel(file, panel);
  if (rows !== file.rows || columns !== count) throw new RangeError(`panel ${panel} is of another size`);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const tail = Buffer.alloc(TAIL_BYTES);
  tail.writeUInt32LE(crc32(bytes), 0);
  tail.writeUInt32LE(MARK, 4);
  withFile(file, "r+", (descriptor) => {
    writeAll(descriptor, bytes, startOf(file, panel));
    writeAll(descriptor, tail, startOf(file, panel) + bytes.byteLength);
  });
}

/** A panel as it was written, in memory of its own. @throws Fault scratch/damaged, scratch/gone */
export function readPanel(file: PanelFile, panel: number): Single {
  const { count } = columnsOfPanel(file, panel);
  const bytes = new Uint8Array(4 * file.rows * count + TAIL_BYTES);
  withFile(file, "r", (descriptor) => readAll(descriptor, bytes, startOf(file, panel), file.path));
  const values = bytes.subarray(0, bytes.byteLength - TAIL_BYTES);
  const tail = Buffer.from(bytes.buffer, values.byteLength, TAIL_BYTES);
  if (tail.readUInt32LE(4) !== MARK || tail.readUInt32LE(0) !== crc32(values))
    throw new Fault("scratch/damaged", { path: file.path });
  return { rows: file.rows, columns: count, data: new Float32Array(bytes.buffer, 0, file.rows * count) };
}

function startOf(file: PanelFile, panel: number): number {
  return panel * (4 * file.rows * file.width + TAIL_BYTES);
}

function withFile<Result>(
  { path }: PanelFile,
  flags: "r" | "r+" | "w",
  work: (descriptor: number) => Result,
): Result {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, flags);
    return work(descriptor);
  } catch (error) {
    throw scratchFault(error, path);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function scratchFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") return new Fault("scratch/full", { path });
  const gone = ["ENOENT", "ENOTDIR", "ESTALE", "EIO", "ENXIO", "EACCES", "EPERM", "EROFS", "ENOTCONN"];
  return code !== undefined && gone.includes(code) ? new Fault("scratch/gone", { path }) : error;
}

function writeAll(descriptor: number, bytes: Uint8Array, start: number): void {
  for (let done = 0; done < bytes.byteLength; )
    done += writeSync(descriptor, bytes, done, bytes.byteLength - done, start + done);
}

function readAll(descriptor: number, bytes: Uint8Array, start: number, path: string): void {
  for (let done = 0; done < bytes.byteLength; ) {
    const read = readSync(descriptor, bytes, done, bytes.byteLength - done, start + done);
    if (read === 0) throw new Fault("scratch/damaged", { path });
    done += read;
  }
}
