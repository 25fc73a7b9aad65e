import type { RowLabels } from "#app/contract/dataset.ts";
import { compareNatural } from "../bids-entities.ts";
import { areWhole, type DecodedImage } from "./decoded-image.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import type { Place } from "./pymvpa-objects.ts";
import { isNumeric } from "./stored-array.ts";

/** What says when and in which run a volume was scanned, not what was shown. */
const NO_LABELS = ["chunks", "time_coords", "time_indices"];
/** numpy's of text: code points of four bytes, or bytes. */
const TEXT_DTYPE = /^[<>|=]?([US])(\d+)$/;
const LARGEST_CODE_POINT = 0x10ffff;

/** The rows of each chunk, in the natural order of the chunks' names. */
export function runsOf(
  file: Hdf5File,
  attributes: ReadonlyMap<string, Place>,
  volumes: number,
): Pick<DecodedImage, "runs" | "remarks"> {
  const chunks = valuesOf(file, attributes.get("chunks"), volumes);
  if (chunks === null) {
    const remark = "The file does not say which volumes are of which run, so they are taken as one run.";
    return { runs: [{ run: null, rows: null }], remarks: [remark] };
  }
  const rowsOf = new Map<string, number[]>();
  for (const [row, chunk] of chunks.entries()) {
    const rows = rowsOf.get(chunk ?? "") ?? [];
    rows.push(row);
    rowsOf.set(chunk ?? "", rows);
  }
  const names = [...rowsOf.keys()].sort(compareNatural);
  return { runs: names.map((name) => ({ run: `chunk-${name}`, rows: rowsOf.get(name) ?? [] })), remarks: [] };
}

/** The attributes of samples that are text or whole numbers, `targets` first. */
export function labelsOf(
  file: Hdf5File,
  attributes: ReadonlyMap<string, Place>,
  volumes: number,
): RowLabels[] {
  const rank = (name: string): string => (name === "targets" ? "" : name);
  const names = [...attributes.keys()].filter((name) => !NO_LABELS.includes(name));
  return names
    .sort((a, b) => compareNatural(rank(a), rank(b)))
    .flatMap((name) => {
      const values = valuesOf(file, attributes.get(name), volumes);
      return values === null ? [] : [{ name, values }];
    });
}

/** Seconds of each volume; null where the file does not say. */
export function timesOf(file: Hdf5File, attributes: ReadonlyMap<string, Place>): Float64Array | null {
  const path = attributes.get("time_coords")?.() ?? null;
  if (path === null || file.kindOf(path) !== "array") return null;
  const array = file.array(path);
  return isNumeric(array) && array.shape.length === 1 ? file.numbers(array) : null;
}

/** As texts; null where there is not one for each volume, or they are neither text nor whole numbers. */
function valuesOf(file: Hdf5File, place: Place | undefined, volumes: number): (string | null)[] | null {
  const path = place?.() ?? null;
  if (path === null || file.kindOf(path) !== "array") return null;
  const array = file.array(path);
  if (file.attributeNames(path).includes("is_a_view")) return viewedTexts(file, path, volumes);
  if (array.shape.length !== 1 || array.shape[0] !== volumes) return null;
  if (array.element.kind === "text" || array.element.kind === "pointer") {
    return file.texts(array).map((text) => (text === "" ? null : text));
  }
  if (!isNumeric(array)) return null;
  const numbers = file.numbers(array);
  return areWhole(numbers) ? Array.from(numbers, String) : null;
}

/** Texts that are kept as the bytes of numpy's array of them, because HDF5 has no such type. */
function viewedTexts(file: Hdf5File, path: string, volumes: number): (string | null)[] | null {
  const [, kind, length] = TEXT_DTYPE.exec(String(file.attribute(path, "dtype") ?? "")) ?? [];
  const shape = file.attribute(path, "shape");
  const bytes = file.bytes(file.array(path));
  const width = Number(length) * (kind === "U" ? 4 : 1);
  const oneAxis = typeof shape === "bigint" || typeof shape === "number";
  if (kind === undefined || !oneAxis || Number(shape) !== volumes || bytes.length !== volumes * width)
    return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const big = String(file.attribute(path, "dtype")).startsWith(">");
  return Array.from({ length: volumes }, (_, row) => {
    let text = "";
    for (let at = row * width; at < (row + 1) * width; at += kind === "U" ? 4 : 1) {
      const code = kind === "U" ? view.getUint32(at, !big) : view.getUint8(at);
      if (code > 0 && code <= LARGEST_CODE_POINT) text += String.fromCodePoint(code);
    }
    return text === "" ? null : text;
  });
}
