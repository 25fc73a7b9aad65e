import { describe, expect, test } from "vitest";
import { bibliography, methodsMarkdown } from "#app/report/methods-file.ts";
import { methodsText } from "#app/report/methods-text.ts";
import { finishedRun } from "./finished-run.ts";

const textOf = (...given: Parameters<typeof finishedRun>) =>
  methodsText(finishedRun(...given)).paragraphs.join(" ");

describe("the methods text", () => {
  test("tells the data, the region, the samples and their shift", () => {
    const text = textOf();
    expect(text).toContain(
      "Preprocessed functional images of 2 subjects in MNI152NLin6Asym space were analysed in 2 runs (TR 1.5 s). sub-03 was left out.",
    );
    expect(text).toContain("the 1,976 voxels of a region of interest (desc-vt_mask.nii.gz)");
    expect(text).toContain(
      "Samples to align on were all volumes (100 in run-1, 90 in run-2 of each subject). Samples to classify were the means of the volumes of each event, shifted by 5 s for haemodynamic lag, labelled by trial_type (2 per run of each subject).",
    );
  });

  test("tells how the tested samples were z-scored: by the volumes aligned on, or by themselves", () => {
    expect(textOf()).toContain(
      "z-scored per subject, by the mean and standard deviation of all volumes of the runs tested.",
    );
    const events = { kind: "events", shiftSeconds: 5 };
    expect(textOf({ samples: { align: events, classify: events } })).toContain(
      "transformation and z-scored per subject.",
    );
  });

  test("says that fewer samples than voxels leave directions open only where they do", () => {
    expect(textOf()).toContain(
      "Directions of the space of 1,972 voxels that 100 samples leave undetermined were completed by the orthogonal map closest to the identity.",
    );
    expect(textOf({ selection: { name: "anova", voxels: 50 } })).not.toContain("leave undetermined");
  });

  test("has the numbers of the results", () => {
    expect(textOf()).toContain(
      "was 37.5 ± 12.5\u00a0% between subjects on anatomical alignment and 75.0 ± 25.0\u00a0% between subjects after functional alignment; chance was 50.0\u00a0%.",
    );
    expect(textOf()).toContain("was 0.150 before and 0.350 after alignment.");
  });

  test("cites in the list of references what it cites in the text, and nothing else", () => {
    const { references } = methodsText(finishedRun());
    expect(references.map(({ mark }) => mark)).toStrictEqual([
      "Chang and Lin, 2011",
      "Guntupalli et al., 2016",
      "Hanke et al., 2009",
      "Hasson et al., 2004",
      "Haxby et al., 2011",
    ]);
    const nearest = methodsText(finishedRun({ classifier: { name: "nearest-class-correlation" } }));
    expect(nearest.references.map(({ mark }) => mark)).not.toContain("Chang and Lin, 2011");
  });
});

describe("the methods as files", () => {
  test("Markdown escapes what it would take for its own", () => {
    const text = { paragraphs: ["of *sub_01* [x]"], references: [] };
    expect(methodsMarkdown(text, ["Data: a_b"])).toBe(
      "# Methods\n\nof \\*sub\\_01\\* \\[x\\]\n\n# References\n\n- Data: a\\_b\n\n",
    );
  });

  test("BibTeX names authors by family and initials, and pages by two dashes", () => {
    const { references } = methodsText(finishedRun());
    expect(bibliography(references.slice(0, 1))).toBe(`@article{chang2011,
  author = {Chang, C.-C. and Lin, C.-J.},
  title = {{LIBSVM: a library for support vector machines}},
  journal = {ACM Transactions on Intelligent Systems and Technology},
  year = {2011},
  volume = {2},
  pages = {27:1--27:27},
  doi = {10.1145/1961189.1961199},
}
`);
  });
});
