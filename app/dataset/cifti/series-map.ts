import { createHash } from "node:crypto";
import { unreadable } from "#app/dataset/unreadable.ts";
import { type XmlToken, xmlTokens } from "#app/dataset/xml-tokens.ts";
import { type BrainModel, BrainModels } from "./brain-models.ts";

/** What the XML of a dense series says. */
export interface SeriesMap {
  readonly points: number;
  /** Seconds; null where its unit is no time. */
  readonly repetitionTimeSeconds: number | null;
  readonly models: readonly BrainModel[];
  /** The same where each column is the same vertex or voxel: hexadecimal. */
  readonly digest: string;
}

type Opened = Extract<XmlToken, { readonly kind: "open" }>;

/** @throws Fault image/unreadable where it is no dense series, or its brain models contradict themselves */
export async function readSeriesMap(path: string, xml: Uint8Array, columns: number): Promise<SeriesMap> {
  let series: Opened | null = null;
  let models: BrainModels | null = null;
  for await (const token of xmlTokens(path, oneChunk(xml))) {
    if (
      token.kind === "open" &&
      token.name === "CIFTI" &&
      !/^2(\.0)?$/.test(token.attributes.Version ?? "")
    ) {
      throw unreadable(path, `its CIFTI version is ${token.attributes.Version ?? "missing"}`);
    }
    if (token.kind === "open" && token.name === "MatrixIndicesMap") {
      const type = `${token.attributes.AppliesToMatrixDimension} ${token.attributes.IndicesMapToDataType}`;
      if (type === "0 CIFTI_INDEX_TYPE_SERIES") series = token;
      else if (type === "1 CIFTI_INDEX_TYPE_BRAIN_MODELS") models = new BrainModels(path, columns);
      else throw unreadable(path, `a map of its indices is "${type.slice(0, 80)}"`);
    } else models?.take(token);
  }
  if (series === null) throw unreadable(path, "it does not map its rows to a series");
  if (models === null) throw unreadable(path, "it does not map its columns to brain models");
  const points = Number(series.attributes.NumberOfSeriesPoints);
  const found = models.finish();
  const digest = createHash("sha256").update(JSON.stringify(found)).digest("hex").slice(0, 16);
  return { points, repetitionTimeSeconds: secondsOf(series), models: found.models, digest };
}

function secondsOf({ attributes }: Opened): number | null {
  const step = Number(attributes.SeriesStep) * 10 ** Number(attributes.SeriesExponent ?? 0);
  return attributes.SeriesUnit === "SECOND" && Number.isFinite(step) && step > 0 ? step : null;
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
