import { statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { decode, found, imageAt, rowsOf } from "./decode.ts";
import type { DecodedImage } from "./decoded-image.ts";
import { Hdf5File, LibraryFault } from "./hdf5-file.ts";
import { loadLibrary } from "./library.ts";
import { mat73Variable, mat73Variables } from "./mat73-variables.ts";
import type { FromHdf5Thread, Hdf5Requests, Hdf5Source, Hdf5WorkerData, ToHdf5Thread } from "./messages.ts";

/** The thread that reads HDF5: one request at a time. The last file stays open for as long as it is asked for. */
const port = parentPort;
if (port === null) throw new Error("this file is the start of a thread");
const { filters } = workerData as Hdf5WorkerData;
const library = loadLibrary(filters);

const CLOSE_AFTER_MS = 1000;
const MOST_FAULTS = 100;
const MOST_MEMORY_BYTES = 2 ** 28;

interface Opened {
  readonly key: string;
  readonly file: Hdf5File;
  images: readonly DecodedImage[] | null;
}

let opened: Opened | null = null;
let faults = 0;
let closing: NodeJS.Timeout | undefined;

type Handlers = {
  readonly [Name in keyof Hdf5Requests]: (
    input: Hdf5Requests[Name]["input"],
    at: Opened,
  ) => Hdf5Requests[Name]["output"];
};

const handlers: Handlers = {
  describe: (_, at) => found(imagesOf(at)),
  voxels: ({ part }, at) => imageAt(at.file, imagesOf(at), part).placed?.voxels ?? null,
  rows: ({ part, rows, voxels }, at) => rowsOf(at.file, imageAt(at.file, imagesOf(at), part), rows, voxels),
  variables: (_, { file }) => mat73Variables(file),
  variable: ({ name }, { file }) => mat73Variable(file, name),
};

port.on("message", async (message: ToHdf5Thread) => {
  clearTimeout(closing);
  port.postMessage(await answer(message));
  // A file that stays open can't be replaced on some systems.
  closing = setTimeout(close, CLOSE_AFTER_MS);
});

async function answer({ id, name, input }: ToHdf5Thread): Promise<FromHdf5Thread> {
  try {
    const at = await open(input);
    const handle = handlers[name] as (input: Hdf5Source, at: Opened) => unknown;
    return { kind: "done", id, output: handle(input, at) };
  } catch (error) {
    close();
    if (error instanceof Fault) {
      const { code, values } = error;
      return { kind: "fault", id, code, values, spent: await isSpent(error) };
    }
    return { kind: "bug", id, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Whether the library is to be started anew: what it refuses may leave handles open, and its memory never shrinks. */
async function isSpent(fault: Fault): Promise<boolean> {
  const { module } = await library;
  return fault instanceof LibraryFault || ++faults > MOST_FAULTS || module.HEAPU8.length > MOST_MEMORY_BYTES;
}

async function open(source: Hdf5Source): Promise<Opened> {
  const loaded = await library;
  const key = keyOf(source);
  if (opened !== null && opened.key === key) return opened;
  close();
  opened = { key, file: new Hdf5File(loaded, source), images: null };
  return opened;
}

/** Another file may come to lie at the same path. */
function keyOf({ file, path }: Hdf5Source): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return JSON.stringify([path, file, stat?.size, stat?.mtimeMs, stat?.ino]);
}

function imagesOf(at: Opened): readonly DecodedImage[] {
  at.images ??= decode(at.file);
  return at.images;
}

function close(): void {
  opened?.file.close();
  opened = null;
}
