import { existsSync } from "node:fs";
import { join } from "node:path";
import { ready } from "h5wasm/node";

export type H5Module = Awaited<typeof ready>;

/** The HDF5 library in this thread, fenced in: see loadLibrary. */
export interface Library {
  readonly module: H5Module;
  /** The identifiers of the filters that it can undo. */
  readonly filters: ReadonlySet<number>;
  /** The file that INNER_PATH means; null for none. */
  pointAt(file: string | null): void;
  /** What the library complained of since it was last asked; "" for nothing. */
  takeComplaints(): string;
}

/** What the library calls the one file that it may open, whatever its path on this system. */
export const INNER_PATH = "/opened.h5";

/** HDF5's own: deflate, shuffle, fletcher32, nbit, scaleoffset. (szip is not built in.) */
const BUILT_IN = [1, 2, 3, 5, 6];
/** What h5py (lzf) and PyTables (bzip2, Blosc, Blosc2) write beside them: identifier and file. */
const PLUGINS: readonly (readonly [id: number, file: string])[] = [
  [307, "libH5Zbz2.so"],
  [32000, "libH5Zlzf.so"],
  [32001, "libH5Zblosc.so"],
  [32026, "libH5Zblosc2.so"],
];
/** Of the library's memory, which never shrinks and which no limit of the thread counts. */
const MEMORY_BYTES = 2 ** 30;
const PAGE_BYTES = 2 ** 16;
const COMPLAINT_CHARACTERS = 8192;
const NO_SUCH_FILE = 44;

interface InnerFiles {
  open(path: string, flags: number, mode: number): unknown;
  stat(path: string, dontFollow?: boolean): unknown;
  readdir(path: string): string[];
  write(stream: { nfd: number }, buffer: Int8Array, offset: number, length: number, at?: number): number;
  ErrnoError: new (code: number) => Error;
}

interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * The library reads what strangers wrote, so it is fenced in: it opens one file, to read, and its own filters, and no
 * other that a link in the file names; its memory ends at 1 GiB; and what it would print, it tells as complaints, which
 * is the only word it gives of a read that failed.
 */
export async function loadLibrary(folder: string): Promise<Library> {
  limitMemory();
  const module = await ready;
  const files = module.FS as unknown as InnerFiles;
  const { open, stat, readdir, write } = files;
  const plugins = PLUGINS.filter(([, name]) => existsSync(join(folder, name)));
  let file: string | null = null;
  let complaints = "";
  files.open = (path, flags, mode) => {
    if (path === INNER_PATH && file !== null) return open(file, 0, 0);
    if (path.startsWith(folder)) return open(path, flags, mode);
    throw new files.ErrnoError(NO_SUCH_FILE);
  };
  files.stat = (path, dontFollow) =>
    path === INNER_PATH && file !== null ? stat(file) : stat(path, dontFollow);
  // A folder of the whole package holds filters that no file we read needs.
  files.readdir = () => readdir(folder).filter((name) => plugins.some(([, own]) => own === name));
  files.write = (stream, buffer, offset, length, at) => {
    if (stream.nfd > 2) return write(stream, buffer, offset, length, at);
    if (complaints.length < COMPLAINT_CHARACTERS) {
      complaints += Buffer.from(buffer.buffer, buffer.byteOffset + offset, length).toString("latin1");
    }
    return length;
  };
  while (module.get_plugin_search_paths().length > 0) module.remove_plugin_search_path(0);
  module.insert_plugin_search_path(folder, 0);
  return {
    module,
    filters: new Set([...BUILT_IN, ...plugins.map(([id]) => id)]),
    pointAt: (path) => {
      file = path;
    },
    takeComplaints: () => {
      const told = complaints;
      complaints = "";
      return told;
    },
  };
}

/** In this thread, which is the library's own. */
function limitMemory(): void {
  const { Memory } = Reflect.get(globalThis, "WebAssembly") as { Memory: { prototype: GrowingMemory } };
  const { grow } = Memory.prototype;
  Memory.prototype.grow = function (this: GrowingMemory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > MEMORY_BYTES) throw new RangeError("no more memory");
    return grow.call(this, pages);
  };
}
