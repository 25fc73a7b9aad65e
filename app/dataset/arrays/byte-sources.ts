import { createReadStream } from "node:fs";
import { createInflate } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { unpackingFault } from "../nifti-bytes.ts";

const chunkBytes = 1 << 18;

/** The bytes of a file from `from` up to `to`. @throws Fault image/unreadable, image/truncated */
export async function* fileBytes(path: string, from: number, to: number): AsyncGenerator<Buffer> {
  if (to <= from) return;
  const file = createReadStream(path, { start: from, end: to - 1, highWaterMark: chunkBytes });
  yield* sliceOf(path, file, 0, to - from);
}

/** What the bytes of a file from `from` up to `to` unpack to (zlib). @throws Fault image/unreadable, /damaged, /truncated */
export async function* inflatedBytes(path: string, from: number, to: number): AsyncGenerator<Buffer> {
  if (to <= from) return;
  const file = createReadStream(path, { start: from, end: to - 1, highWaterMark: chunkBytes });
  const inflate = createInflate({ chunkSize: chunkBytes });
  file.on("error", (error) => inflate.destroy(error));
  let found = 0;
  try {
    for await (const part of file.pipe(inflate)) {
      found += (part as Buffer).length;
      yield part as Buffer;
    }
  } catch (error) {
    throw unpackingFault(path, error, found, found);
  } finally {
    file.destroy();
  }
}

/** The bytes of a source from `from` up to `to`. @throws Fault image/truncated where it ends before */
export async function* sliceOf(
  path: string,
  source: AsyncIterable<unknown>,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  let at = 0;
  try {
    for await (const part of source) {
      const chunk = part as Buffer;
      const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
      at += chunk.length;
      if (piece.length > 0) yield piece;
      if (at >= to) return;
    }
  } catch (error) {
    throw unpackingFault(path, error, to, at);
  }
  if (at < to) throw new Fault("image/truncated", { path, expected: String(to), found: String(at) });
}
