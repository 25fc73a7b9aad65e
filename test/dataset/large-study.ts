import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { niftiBytes, varying } from "./tiny-study.ts";

const RUNS = 10;
const SPACE = "space-MNI152NLin2009cAsym_res-2";
const ofRun = [
  `${SPACE}_desc-preproc_bold.json`,
  `${SPACE}_desc-brain_mask.json`,
  `${SPACE}_boldref.nii.gz`,
  `${SPACE}_desc-aparcaseg_dseg.nii.gz`,
  "desc-confounds_timeseries.tsv",
  "desc-confounds_timeseries.json",
  "events.tsv",
];
const ofAnatomy = ["T1w.nii.gz", "T1w.json", "dseg.nii.gz", "GM_probseg.nii.gz", "WM_probseg.nii.gz"];

/**
 * Writes fMRIPrep-like derivatives of `subjects` into an existing folder: ten runs each, of tiny images, and a hundred
 * files each. @returns the number of files
 */
export async function writeLargeStudy(folder: string, subjects: number): Promise<number> {
  const image = gzipSync(niftiBytes(varying(12, 1)));
  const mask = gzipSync(niftiBytes({ dimensions: [2, 2, 1], values: [1, 1, 1, 1] }));
  const text = (name: string): string | Buffer => {
    if (name.endsWith("bold.json")) return '{"RepetitionTime": 2}';
    if (name.endsWith("events.tsv")) return "onset\tduration\ttrial_type\n0\t4\tface\n6\t4\thouse\n";
    return name.endsWith(".nii.gz") ? mask : name.endsWith(".json") ? "{}" : "csf\n0\n";
  };
  await writeFile(
    join(folder, "dataset_description.json"),
    '{"Name": "large", "GeneratedBy": [{"Name": "fMRIPrep"}]}',
  );
  let files = 1;
  const write = async (path: string, content: string | Buffer): Promise<void> => {
    await writeFile(path, content);
    files++;
  };
  for (let at = 1; at <= subjects; at++) {
    const subject = `sub-${String(at).padStart(2, "0")}`;
    for (const kind of ["func", "anat"]) await mkdir(join(folder, subject, kind), { recursive: true });
    for (let run = 1; run <= RUNS; run++) {
      const stem = join(folder, subject, "func", `${subject}_task-movie_run-${run}_`);
      await write(`${stem}${SPACE}_desc-preproc_bold.nii.gz`, image);
      await write(`${stem}${SPACE}_desc-brain_mask.nii.gz`, mask);
      for (const name of ofRun) await write(stem + name, text(name));
    }
    for (const space of ["", `${SPACE}_`]) {
      for (const name of ofAnatomy)
        await write(join(folder, subject, "anat", `${subject}_${space}${name}`), text(name));
    }
  }
  return files;
}
