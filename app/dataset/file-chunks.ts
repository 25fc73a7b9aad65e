import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { unpackingFault } from "./nifti-bytes.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * The bytes of a file from its start, unpacked where `compressed`; `expected` is how many it should hold, for the fault
 * that says it holds fewer.
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function* fileChunks(
  path: string,
  compressed: boolean,
  expected: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gunzip = compressed ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
  if (gunzip) file.on("error", (error) => gunzip.destroy(error));
  const stream: AsyncIterable<unknown> = gunzip ? file.pipe(gunzip) : file;
  let found = 0;
  try {
    for await (const part of stream) {
      signal?.throwIfAborted();
      const chunk = part as Buffer;
      found += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unpackingFault(path, error, expected, found);
  } finally {
    file.destroy();
  }
}
