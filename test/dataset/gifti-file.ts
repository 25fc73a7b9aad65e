import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#test/temporary-folder.ts";

/** Attributes of a data array of 3 vertices, written in digits. */
export const threeVertices = {
  Intent: "NIFTI_INTENT_TIME_SERIES",
  DataType: "NIFTI_TYPE_FLOAT32",
  ArrayIndexingOrder: "RowMajorOrder",
  Dimensionality: "1",
  Encoding: "ASCII",
  Endian: "LittleEndian",
  ExternalFileName: "",
  ExternalFileOffset: "0",
  Dim0: "3",
};

/** The XML of one data array. */
export function dataArray(attributes: Readonly<Record<string, string>>, data: string): string {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<DataArray ${written.join(" ")}><MetaData/><Data>${data}</Data></DataArray>`;
}

/** The XML of a GIfTI file. */
export function giftiText(
  arrays: readonly string[],
  metadata: Readonly<Record<string, string>> = {},
): string {
  const entries = Object.entries(metadata).map(
    ([name, value]) => `<MD><Name><![CDATA[${name}]]></Name><Value><![CDATA[${value}]]></Value></MD>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE GIFTI SYSTEM "http://www.nitrc.org/frs/download.php/115/gifti.dtd">\n' +
    `<GIFTI Version="1.0" NumberOfDataArrays="${arrays.length}"><MetaData>${entries.join("")}</MetaData><LabelTable/>` +
    `${arrays.join("")}</GIFTI>\n`
  );
}

/** Writes a file in a folder of its own. */
export function writeAlone(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder("format"), name);
  writeFileSync(path, content);
  return path;
}
