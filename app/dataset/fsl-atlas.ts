import { textTokens } from "./xml-tokens.ts";

/** An FSL atlas description: the names of its labels, and the images it names, as written there. */
export interface FslAtlas {
  readonly names: ReadonlyMap<number, string>;
  readonly images: readonly string[];
}

/**
 * Reads the XML of an FSL atlas. In a summary image of a probabilistic atlas the value 0 is what is in no region, so
 * that a label's value is its index + 1; in an atlas of type "Label" it is the index itself (as fslpy's `LabelAtlas`).
 * Entities of the file's own are refused. Source: https://fsl.fmrib.ox.ac.uk/fsl/docs/#/other/datasets
 * @throws Error where it is not XML, or not an atlas
 */
export function parseFslAtlas(text: string): FslAtlas {
  const indices = new Map<number, string>();
  const images: string[] = [];
  const open: string[] = [];
  let [root, type, content] = ["", "", ""];
  let index = Number.NaN;
  for (const token of textTokens("an atlas", text)) {
    if (token.kind === "text") {
      content += token.text;
    } else if (token.kind === "open") {
      root ||= token.name;
      open.push(token.name);
      content = "";
      if (token.name === "label") index = Number(token.attributes.index ?? Number.NaN);
    } else {
      open.pop();
      const told = content.trim();
      content = "";
      if (token.name === "type" && open.at(-1) === "header") type = told.toLowerCase();
      else if (token.name === "imagefile" || token.name === "summaryimagefile") images.push(told);
      else if (token.name === "label" && Number.isInteger(index)) indices.set(index, told);
    }
  }
  if (root !== "atlas") throw new Error("it is not an atlas of FSL");
  const shift = type === "label" ? 0 : 1;
  return { names: new Map([...indices].map(([at, name]) => [at + shift, name])), images };
}
