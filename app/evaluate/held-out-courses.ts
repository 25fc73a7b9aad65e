import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, sum } from "#app/linalg/matrix.ts";
import { meanCorrelation } from "./isc/isc.ts";
import { pairwiseCorrelation, spatialCorrelation } from "./isc/likeness.ts";
import { matchTimeSegments, type SegmentScore } from "./time-segments.ts";

/** Held-out rows of all subjects, z-scored and in columns that correspond, and the subject to compare with the others. */
export interface CoursesInput {
  readonly subjects: readonly Matrix[];
  readonly subject: number;
  /** Rows of each run, in order. */
  readonly runLengths: readonly number[];
  /** Rows of a time segment; null where they are not asked for. */
  readonly segment: number | null;
}

/** How like one subject's held-out courses are to the others'. */
export interface CoursesScore {
  /** Inter-subject correlation with the sum of the others: over columns by Fisher's z; NaN where none varies. */
  readonly isc: number;
  /** With each of the others. */
  readonly pairwise: number;
  /** Of patterns, moment by moment. */
  readonly spatial: number;
  readonly segments: SegmentScore | null;
}

export function compareCourses(
  linalg: Linalg,
  { subjects, subject, runLengths, segment }: CoursesInput,
): CoursesScore {
  const own = subjects[subject] as Matrix;
  const each = subjects.filter((_, at) => at !== subject);
  const others = sum(each);
  return {
    isc: meanCorrelation(own, others),
    pairwise: pairwiseCorrelation(own, each),
    spatial: spatialCorrelation(own, others),
    segments: segment === null ? null : matchTimeSegments(linalg, own, others, runLengths, segment),
  };
}
