import { describe, expect, test } from "vitest";
import { Cleaning } from "#app/contract/cleaning.ts";
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

  test("tells how the time courses were cleaned, of what was done and in its order", () => {
    const { preparation } = finishedRun();
    const cleaned = (cleaning: Record<string, unknown>) =>
      methodsText(finishedRun({}, { preparation: { ...preparation, cleaning: Cleaning.parse(cleaning) } }));
    const all = cleaned({
      smoothingMm: 6,
      detrend: "linear",
      highPassHertz: 0.008,
      confounds: {
        motion: "24",
        csfWhiteMatter: "basic",
        globalSignal: true,
        compcor: { name: "anat", components: 5 },
        cosines: true,
      },
      scrubbing: { framewiseDisplacementMm: 0.5, stdDvars: 1.5 },
    });
    expect(all.paragraphs[0]).toContain(
      "Images were smoothed with a Gaussian kernel of 6 mm full width at half maximum. Time courses were cleaned run by run in the order and by the numerics of nilearn (Abraham et al., 2014). Linear trends were removed. Time courses were high-pass filtered at 0.008 Hz by a Butterworth filter of order 5, forwards and backwards. These confounds were regressed out by orthogonal projection, after the same detrending and filtering as the data (Lindquist et al., 2019): 24 motion parameters (6 with their temporal derivatives and the squares of both; Friston et al., 1996), the mean signals of cerebrospinal fluid and white matter, the global signal, the first 5 anatomical CompCor components (Behzadi et al., 2007) and fMRIPrep's cosine basis of slow drifts. Volumes with a framewise displacement above 0.5 mm (Power et al., 2012) or standardised DVARS above 1.5, or not in a steady state, were taken out of the fit by a regressor each and kept as samples. Every voxel's time course was z-scored within each run.",
    );
    expect(all.references.map(({ mark }) => mark)).toContain("Behzadi et al., 2007");
    const some = cleaned({ confounds: { motion: "6" } }).paragraphs[0];
    expect(some).toContain("regressed out by orthogonal projection: 6 motion parameters.");
    expect(textOf()).not.toContain("cleaned");
    expect(textOf()).toContain("Every voxel's time course was z-scored within each run.");
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

  test("tells what was aligned at a time and by what, and cites it", () => {
    const method = { name: "hyperalignment", parameters: {}, choose: {} };
    const inParcels = { kind: "parcels", method: "ward", count: 20 };
    expect(textOf({ method: { ...method, pieces: inParcels } })).toContain(
      "It was used within each of 20 parcels on its own (Bazeille et al., 2021), made in each fold by Ward's method, of voxels that share a face, of the subjects' mean time courses of the samples aligned on.",
    );
    const inSearchlights = { kind: "searchlights", radiusMm: 9, spacingMm: 6 };
    expect(textOf({ method: { ...method, pieces: inSearchlights } })).toContain(
      "It was used in searchlights of 9 mm around voxels at most 6 mm apart (Guntupalli et al., 2016), put together by weights that fall with the distance from the centre and add up to 1 at each voxel (Feilong et al., 2023).",
    );
    const run = finishedRun({ method: { ...method, pieces: { ...inSearchlights, spacingMm: null } } });
    const cortex = ["surfaces/lh.white.gii", "surfaces/rh.white.gii"];
    expect(methodsText({ ...run, dataset: { ...run.dataset, cortex } }).paragraphs.join(" ")).toContain(
      "It was used in searchlights of 9 mm along the cortex (by the shortest way over the edges of surfaces/lh.white.gii and surfaces/rh.white.gii; Oosterhof et al., 2011) around every voxel (Guntupalli et al., 2016)",
    );
    expect(textOf({ method: { ...method, pieces: { ...inSearchlights, keep: 0.4 } } })).toContain(
      "Of each searchlight its centre and the 40\u00a0% of its voxels were used whose samples aligned on go best with single voxels of the other subjects (Haxby et al., 2011).",
    );
    const on = { kind: "connectivity", method: "kmeans", targets: 50, hybrid: true };
    const text = textOf({ method: { ...method, on } });
    expect(text).toContain(
      "with the mean time courses of 50 parcels of the region (Guntupalli et al., 2018), made in each fold by k-means",
    );
    const seeds = { kind: "seeds", radiusMm: 9, spacingMm: 6, hybrid: false };
    expect(textOf({ method: { ...method, on: seeds } })).toContain(
      "with the mean time courses of spheres of 9 mm around seeds at most 6 mm apart in the region (Guntupalli et al., 2018), and z-scored by voxel.",
    );
    expect(textOf({ method: { ...method, on: { ...seeds, components: 3 } } })).toContain(
      "time course with 3 principal components, aligned between subjects on their own connectivity with all seeds, of each of the spheres of 9 mm around seeds at most 6 mm apart in the region",
    );
    expect(text).toContain("Their samples stood beside these, both of the same norm (Busch et al., 2021).");
  });

  test("says that labels led the alignment where they did", () => {
    const run = finishedRun();
    const led = methodsText({ ...run, method: { ...run.method, usesLabels: true } }).paragraphs.join(" ");
    const words = "The alignment was led by the labels of all subjects' samples in the runs aligned on; ";
    expect(led).toContain(`${words}no label of a sample that was tested took part.`);
    expect(textOf()).not.toContain("led by the labels");
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
