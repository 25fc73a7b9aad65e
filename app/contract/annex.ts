import { z } from "zod";

/**
 * What lies at a path of a dataset that git-annex or git-lfs may hold back:
 * "present": the content (of the size its key tells, where it tells one); "absent": a link to nothing; "pointer": a
 * small text in the content's place; "link-text": a link written as a text; "lfs-pointer": git-lfs has it; "truncated":
 * shorter than its key tells; "hidden": git lists the name and there is no file.
 */
export const FileStateName = z.enum([
  "present",
  "absent",
  "pointer",
  "link-text",
  "lfs-pointer",
  "truncated",
  "hidden",
]);
export type FileStateName = z.infer<typeof FileStateName>;

export const FileState = z.strictObject({
  state: FileStateName,
  /** git-annex's name of the content; null of a file that git-annex does not hold. */
  key: z.string().nullable(),
  /** Of the whole content; null where nothing tells it. */
  sizeBytes: z.number().nullable(),
  /** Where the content can be read: the path itself, or git-annex's object where the path holds a link's text. */
  contentPath: z.string().nullable(),
});
export type FileState = z.infer<typeof FileState>;

export const AnnexFile = z.strictObject({
  /** Relative to the dataset, with forward slashes. */
  path: z.string(),
  /** "sub-01"; null of a file of no one subject. */
  subject: z.string().nullable(),
  state: FileStateName,
  key: z.string().nullable(),
  sizeBytes: z.number().nullable(),
});
export type AnnexFile = z.infer<typeof AnnexFile>;

/** What `datalad status --annex` tells, for each file and subject. */
export const AnnexStatus = z.strictObject({
  path: z.string(),
  /** Files that git-annex or git-lfs holds; those that git holds whole are not listed. */
  files: z.array(AnnexFile).readonly(),
  subjects: z
    .array(
      z.strictObject({
        subject: z.string(),
        files: z.int(),
        presentFiles: z.int(),
        totalBytes: z.number(),
        missingBytes: z.number(),
      }),
    )
    .readonly(),
  /** Subdatasets that are not installed, relative to the dataset. */
  uninstalled: z.array(z.string()).readonly(),
  totalBytes: z.number(),
  missingBytes: z.number(),
  /** On the disk of the dataset. */
  freeBytes: z.number(),
});
export type AnnexStatus = z.infer<typeof AnnexStatus>;

/** How far a download is; at most ten a second. */
export const FetchProgress = z.strictObject({
  /** The file that arrives, relative to the dataset. */
  path: z.string(),
  doneFiles: z.int(),
  totalFiles: z.int(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  /** Of the last seconds; null before the first. */
  bytesPerSecond: z.number().nullable(),
  remainingSeconds: z.number().nullable(),
});
export type FetchProgress = z.infer<typeof FetchProgress>;

export const FetchOutcome = z.strictObject({
  /** Paths whose content is there and was verified. */
  fetched: z.array(z.string()).readonly(),
  /** Paths that were there before. */
  present: z.array(z.string()).readonly(),
  /** Paths that can't be had, with the fault that says why: the others are fetched all the same. */
  failed: z
    .array(
      z.strictObject({
        path: z.string(),
        code: z.string(),
        values: z.record(z.string(), z.string()).readonly(),
        text: z.string(),
      }),
    )
    .readonly(),
});
export type FetchOutcome = z.infer<typeof FetchOutcome>;

export const CloneProgress = z.strictObject({
  /** In git's own words: "Receiving objects". */
  phase: z.string(),
  done: z.number(),
  /** null while it is not known. */
  total: z.number().nullable(),
});
export type CloneProgress = z.infer<typeof CloneProgress>;

/** A dataset that can be had by its name. */
export const KnownDataset = z.strictObject({
  name: z.string(),
  url: z.string(),
  description: z.string(),
  /** Of all its content; null where it is not known beforehand. */
  totalBytes: z.number().nullable(),
  subjects: z.int().nullable(),
  /** What one subject takes on the disk, by what is chosen. */
  sizes: z.array(z.strictObject({ what: z.string(), bytesPerSubject: z.number() })).readonly(),
  /** To be shown and agreed to before a download. */
  terms: z.string(),
});
export type KnownDataset = z.infer<typeof KnownDataset>;
