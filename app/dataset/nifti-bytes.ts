import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";

interface FirstBytes {
  /** At most the number asked for; fewer where the file is shorter. */
  readonly bytes: Uint8Array;
  /** By its first bytes, not its name. */
  readonly compressed: boolean;
  readonly sizeBytes: number;
}

/** The first bytes of a file, unpacked where it is gzip. Throws image/unreadable, /damaged, /truncated. */
export async function firstBytes(path: string, wanted: number): Promise<FirstBytes> {
  const raw = await rawBytes(path, wanted);
  const compressed = raw.bytes[0] === 0x1f && raw.bytes[1] === 0x8b;
  return compressed
    ? { ...raw, compressed, bytes: await unpackedBytes(path, wanted) }
    : { ...raw, compressed };
}

/** What a failure while reading or unpacking means; `found` bytes of the `expected` were read. */
export function unpackingFault(path: string, error: unknown, expected: number, found: number): Fault {
  if (error instanceof Fault) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  // What zlib says of an input that ends before its end.
  if (code === "Z_BUF_ERROR") {
    return new Fault("image/truncated", { path, expected: String(expected), found: String(found) });
  }
  if (code.startsWith("Z_")) return new Fault("image/damaged", { path });
  return new Fault("image/unreadable", { path, detail: readingDetail(code) });
}

function readingDetail(code: string): string {
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "you may not read it";
  if (code === "EISDIR") return "it is a folder";
  return `the disk or the system answered ${code || "with an error"}`;
}

async function rawBytes(path: string, wanted: number): Promise<Omit<FirstBytes, "compressed">> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0);
    return { bytes: buffer.subarray(0, bytesRead), sizeBytes: (await file.stat()).size };
  } catch (error) {
    throw unpackingFault(path, error, wanted, 0);
  } finally {
    await file?.close();
  }
}

async function unpackedBytes(path: string, wanted: number): Promise<Uint8Array> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of file.pipe(gunzip)) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= wanted) break;
    }
  } catch (error) {
    throw unpackingFault(path, error, wanted, length);
  } finally {
    file.destroy();
  }
  return Buffer.concat(parts).subarray(0, wanted);
}
