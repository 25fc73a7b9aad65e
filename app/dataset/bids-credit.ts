import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

/** What a BIDS description says of its makers; fields of other kinds are passed over. */
const Description = z.object({
  Authors: Texts.catch([]),
  DatasetDOI: Texts.catch([]),
  HowToAcknowledge: Texts.catch([]),
  License: Texts.catch([]),
  Name: Texts.catch([]),
  ReferencesAndLinks: Texts.catch([]),
});

/**
 * How the makers of a dataset wish to be cited, from its dataset_description.json: a line for the data themselves
 * and one for each reference. Empty where the description says nothing of it.
 * Specification: https://bids-specification.readthedocs.io/en/stable/modality-agnostic-files/dataset-description.html
 */
export async function readCredit(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "dataset_description.json"), "utf8").catch(() => "{}");
  const parsed = Description.safeParse(jsonOf(text));
  if (!parsed.success) return [];
  const { Authors, DatasetDOI, HowToAcknowledge, License, Name, ReferencesAndLinks } = parsed.data;
  const licence = License.map((one) => `licence ${one}`);
  const itself = [Authors.join(", "), Name.join(" "), ...DatasetDOI, ...licence].filter((one) => one !== "");
  return [
    ...(itself.length === 0 ? [] : [`${itself.join(". ")}.`]),
    ...HowToAcknowledge,
    ...ReferencesAndLinks,
  ];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}
