import { basename } from "node:path";
import type { Dataset } from "#app/contract/dataset.ts";
import { compareNatural } from "./bids-entities.ts";
import { findProblems } from "./bids-problems.ts";
import { faultOf, tellBroken } from "./broken-images.ts";
import { eventColumns } from "./event-columns.ts";
import type { DescribedImages } from "./requested-images.ts";

/** What a reader knows of a dataset beside its images. */
type Known = Pick<Dataset, "path" | "reader"> &
  Partial<Omit<Dataset, "path" | "reader" | "subjects" | "runs" | "files" | "broken" | "events">>;

/** Puts together what a reader found. @throws Fault of the first image where none can be read */
export async function describedDataset(
  { files, broken, doubts }: DescribedImages,
  known: Known,
): Promise<Dataset> {
  if (files.length === 0) {
    // The one that a person can mend by telling.
    const first = broken.find(({ code }) => code === "array/axes-unknown") ?? broken[0];
    if (first !== undefined) throw faultOf(first);
  }
  const absent = known.absent ?? [];
  const unique = (values: string[]): string[] => [...new Set(values)].sort(compareNatural);
  const subjects = unique([...files, ...broken, ...absent].map(({ subject }) => subject));
  const runs = unique([...files, ...broken, ...absent].map(({ run }) => run));
  const { events, problems } = await eventColumns(runs, files);
  return {
    name: basename(known.path),
    folder: known.path,
    space: null,
    spaces: [],
    preprocessing: "unknown",
    masks: [],
    atlases: [],
    backgroundPath: null,
    surfaces: null,
    cortex: null,
    absent,
    participants: {},
    ...known,
    subjects,
    runs,
    files,
    broken,
    events,
    problems: [
      ...broken.map((image) => tellBroken(image, files)),
      ...findProblems(subjects, runs, files, [...broken, ...absent]),
      ...(known.problems ?? []),
      ...doubts,
      ...problems,
    ],
  };
}
