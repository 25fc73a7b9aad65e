import type { KnownDataset } from "#app/contract/annex.ts";

/** Datasets that are offered by name. Sizes are those of its own files, rounded; a clone tells them exactly. */
export const knownDatasets: readonly KnownDataset[] = [
  {
    name: "Sherlock",
    url: "https://gin.g-node.org/ljchang/Sherlock",
    description:
      "16 subjects watch the first episode of Sherlock in two parts and tell it again (Chen et al. 2017), as " +
      "prepared for naturalistic-data.org: fMRIPrep, MNI152NLin2009cAsym at 2 mm, TR 1.5 s.",
    totalBytes: 109e9,
    subjects: 16,
    sizes: [
      { what: "Part 1, denoised and cropped (.nii.gz)", bytesPerSubject: 825e6 },
      { what: "Parts 1 and 2, denoised and cropped (.nii.gz)", bytesPerSubject: 1650e6 },
      { what: "Everything", bytesPerSubject: 6.8e9 },
    ],
    terms:
      "A mirror of this dataset names the licence CC BY-NC 4.0: credit its authors, no commercial use. What binds you " +
      "is the licence at https://gin.g-node.org/ljchang/Sherlock: read it before you download. Cite Chen et al. 2017, " +
      "Nature Neuroscience 20, 115-125, https://doi.org/10.1038/nn.4450. Do not try to identify the participants.",
  },
];

/** A dataset of OpenNeuro by its number: "ds001132" or "1132"; null of what is no number. */
export function openNeuroDataset(number: string): KnownDataset | null {
  const digits = /^(?:ds)?0*(\d{1,6})$/i.exec(number.trim())?.[1];
  if (digits === undefined || Number(digits) === 0) return null;
  const name = `ds${digits.padStart(6, "0")}`;
  return {
    name,
    url: `https://github.com/OpenNeuroDatasets/${name}.git`,
    description: `The dataset ${name} of OpenNeuro.`,
    totalBytes: null,
    subjects: null,
    sizes: [],
    terms:
      `Most datasets of OpenNeuro are given to the public domain (CC0); what binds you is the licence in its own ` +
      `dataset_description.json and at https://openneuro.org/datasets/${name}: read it before you download. Cite the ` +
      "dataset as it asks to be. Do not try to identify the participants.",
  };
}

/** The dataset that a person names: by its name, its number at OpenNeuro, or its address; null of anything else. */
export function knownDataset(text: string): KnownDataset | null {
  const asked = text.trim().toLowerCase();
  const named = knownDatasets.find(
    ({ name, url }) =>
      name.toLowerCase() === asked || url.toLowerCase() === asked.replace(/(\.git)?\/*$/, ""),
  );
  const number = /^https:\/\/github\.com\/openneurodatasets\/(ds\d{6})(?:\.git)?\/*$/.exec(asked)?.[1];
  return named ?? openNeuroDataset(number ?? asked);
}
