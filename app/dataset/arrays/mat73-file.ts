import { Fault } from "#app/contract/fault.ts";
import { describeMat73, readMat73 } from "../hdf5/mat73.ts";
import { numberType } from "./number-type.ts";
import { type ArrayFile, mostArrays, type StoredArray } from "./stored-array.ts";

/** The numeric variables of a MATLAB 7.3 file, which is HDF5; each is read whole. @throws Fault image/… */
export async function openMat73(path: string): Promise<ArrayFile> {
  const variables = await describeMat73(path);
  if (variables.length > mostArrays) {
    throw new Fault("image/unreadable", { path, detail: `it holds more than ${mostArrays} variables` });
  }
  const arrays = variables.map(({ name, shape, type }): StoredArray => {
    let read: Promise<Float64Array> | null = null;
    return {
      name,
      shape,
      type,
      stored: numberType("float64"),
      littleEndian: true,
      firstFastest: true,
      async *bytes(from, to) {
        read ??= readMat73(path, name).then(({ values }) => values);
        const { buffer, byteOffset } = await read;
        yield Buffer.from(buffer, byteOffset + from, to - from);
      },
    };
  });
  return { arrays, refused: [] };
}
