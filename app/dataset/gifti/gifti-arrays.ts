import { fileChunks } from "#app/dataset/file-chunks.ts";
import { firstBytes } from "#app/dataset/nifti-bytes.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { type XmlToken, xmlTokens } from "#app/dataset/xml-tokens.ts";
import { type ArrayValues, arrayValues } from "./array-values.ts";
import { type DataArray, dataArrayOf } from "./data-array.ts";

/** A data array and what stood before its values. */
export interface FoundArray {
  readonly array: DataArray;
  /** Names and values: of the file, and of this array in place of them. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What the file says it holds. */
  readonly arraysInFile: number;
  readonly file: { readonly sizeBytes: number; readonly compressed: boolean };
  /** All values in the order of the file. @throws Fault image/unreadable, image/damaged */
  values(): Promise<Float32Array>;
}

/** Longer texts than this are no names and numbers. */
const LONGEST_VALUE = 4096;
const MOST_METADATA = 256;

/**
 * Shows the data arrays of a GIfTI file one after the other; the values of one can be asked for until the next. No more
 * than one array is in memory, and the first comes before any value is read.
 *
 * gifti-reader-js (0.4.6) is not used: it takes a whole file as one string and holds every array of it, unpacks as much
 * as comes, and does not look whether an array is as long as it says.
 * @throws Fault image/unreadable, image/truncated, image/damaged; the signal's reason when aborted
 */
export async function* giftiArrays(path: string, signal?: AbortSignal): AsyncGenerator<FoundArray> {
  const { compressed, sizeBytes } = await firstBytes(path, 2);
  const tokens = xmlTokens(path, fileChunks(path, compressed, sizeBytes, signal));
  const opened: string[] = [];
  const ofFile = new Map<string, string>();
  let metadata = ofFile;
  let name = "";
  let text = "";
  let arraysInFile = 0;
  let array: DataArray | null = null;
  for await (const token of tokens) {
    const within = opened.at(-1);
    if (token.kind === "text") {
      if (within === "Name" || within === "Value") text += token.text.slice(0, LONGEST_VALUE - text.length);
    } else if (token.kind === "close") {
      opened.pop();
      if (token.name === "Name") name = text.trim();
      if (token.name === "Value" && metadata.size < MOST_METADATA) metadata.set(name, text.trim());
      if (token.name === "DataArray" && array !== null) throw unreadable(path, "a data array has no values");
    } else {
      if (opened.length === 0 && token.name !== "GIFTI") throw unreadable(path, "it is not a GIfTI file");
      opened.push(token.name);
      text = "";
      if (token.name === "GIFTI") arraysInFile = Number(token.attributes.NumberOfDataArrays);
      if (token.name === "DataArray") {
        array = dataArrayOf(path, token.attributes, { sizeBytes, compressed });
        metadata = new Map(ofFile);
      }
      if (token.name !== "Data" || array === null) continue;
      const own = array;
      let asked = false;
      const values = async () => {
        asked = true;
        return takeValues(path, tokens, arrayValues(path, own));
      };
      yield { array, metadata, arraysInFile, file: { sizeBytes, compressed }, values };
      if (asked) opened.pop();
      array = null;
    }
  }
}

/** The values whose text goes up to the end of the element that is open. */
async function takeValues(
  path: string,
  tokens: AsyncGenerator<XmlToken>,
  values: ArrayValues,
): Promise<Float32Array> {
  for (;;) {
    const { done, value } = await tokens.next();
    if (done || value.kind === "close") return values.finish();
    if (value.kind === "open") throw unreadable(path, "a data array holds elements where values belong");
    values.take(value.text);
  }
}
