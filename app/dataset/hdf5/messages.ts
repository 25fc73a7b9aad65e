import type { FaultCode } from "#app/contract/fault.ts";
import type { FoundImage } from "../format.ts";

/** What the thread is started with: the folder that holds the filters (one WebAssembly file each). */
export interface Hdf5WorkerData {
  readonly filters: string;
}

/** A file to read from, and what the user calls it: they differ where the file was unpacked first. */
export interface Hdf5Source {
  readonly file: string;
  readonly path: string;
}

/** One numeric variable of a MATLAB 7.3 file; `shape` as MATLAB says it, `type` its class ("double", "int16", …). */
export interface Mat73Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
}

/** All that can be asked of the thread: what goes in, and what comes out. */
export interface Hdf5Requests {
  describe: { input: Hdf5Source; output: readonly Omit<FoundImage, "sizeBytes">[] };
  /** See Format.voxels. */
  voxels: { input: Hdf5Source & { readonly part: string }; output: Int32Array | null };
  /**
   * The next rows of an image: as many of the wanted `rows` (ascending, at least one) as are read at once, from the
   * first on, each with the values of `voxels` (see Format.eachVolume). `values` is rows × voxels.
   */
  rows: {
    input: Hdf5Source & { readonly part: string; readonly rows: Int32Array; readonly voxels: Int32Array };
    output: Float32Array;
  };
  variables: { input: Hdf5Source; output: readonly Mat73Variable[] };
  /** A variable's values as they lie in the file: the first axis of its `shape` runs fastest. */
  variable: {
    input: Hdf5Source & { readonly name: string };
    output: Mat73Variable & { values: Float64Array };
  };
}

export type Hdf5Request = keyof Hdf5Requests;

export interface ToHdf5Thread<Name extends Hdf5Request = Hdf5Request> {
  readonly id: number;
  readonly name: Name;
  readonly input: Hdf5Requests[Name]["input"];
}

/** `spent` tells that the library is not to be asked again: the thread is to be replaced. */
export type FromHdf5Thread =
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | {
      readonly kind: "fault";
      readonly id: number;
      readonly code: FaultCode;
      readonly values: Readonly<Record<string, string>>;
      readonly spent: boolean;
    }
  | { readonly kind: "bug"; readonly id: number; readonly text: string };
