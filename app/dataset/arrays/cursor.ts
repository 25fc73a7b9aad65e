import type { FileHandle } from "node:fs/promises";
import { Fault } from "#app/contract/fault.ts";
import { unpackingFault } from "../nifti-bytes.ts";

/** Reads forward: small pieces are kept, large ones are passed over. */
export interface Cursor {
  /** Bytes passed so far. */
  readonly at: number;
  /** @throws Fault image/truncated where so many bytes are not there */
  read(count: number): Promise<Buffer>;
  /** Goes on to a place at or after this one. */
  goTo(at: number): Promise<void>;
}

/** Over a file, in which nothing needs to be read to be passed over. */
export class FileCursor implements Cursor {
  at: number;
  readonly #file: FileHandle;
  readonly #path: string;

  constructor(file: FileHandle, path: string, at: number) {
    this.#file = file;
    this.#path = path;
    this.at = at;
  }

  async read(count: number): Promise<Buffer> {
    const bytes = Buffer.alloc(count);
    const { bytesRead } = await this.#file.read(bytes, 0, count, this.at).catch((error: unknown) => {
      throw unpackingFault(this.#path, error, count, 0);
    });
    this.at += bytesRead;
    if (bytesRead < count) throw truncated(this.#path, this.at - bytesRead + count, this.at);
    return bytes;
  }

  async goTo(at: number): Promise<void> {
    this.at = at;
  }
}

/** Over bytes that come one after the other; what is passed over is read and dropped. */
export class StreamCursor implements Cursor {
  at = 0;
  readonly #parts: AsyncIterator<Buffer>;
  readonly #path: string;
  #rest: Buffer = Buffer.alloc(0);

  constructor(parts: AsyncIterator<Buffer>, path: string) {
    this.#parts = parts;
    this.#path = path;
  }

  async read(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const piece = await this.#take(missing);
      pieces.push(piece);
      missing -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  async goTo(at: number): Promise<void> {
    while (this.at < at) await this.#take(at - this.at);
  }

  /** At least one byte and at most `most`. */
  async #take(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#parts.next();
      if (done) throw truncated(this.#path, this.at + most, this.at);
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    this.at += piece.length;
    return piece;
  }
}

function truncated(path: string, expected: number, found: number): Fault {
  return new Fault("image/truncated", { path, expected: String(expected), found: String(found) });
}
