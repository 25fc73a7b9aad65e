import { fixed, meanAndSem } from "./numbers.ts";
import type { IscSummary } from "./report-input.ts";
import { subjectDots } from "./subject-dots.ts";

/** Inter-subject correlation before and after alignment as an SVG drawing, a dot for each subject. */
export function iscFigure({ before, after, voxels }: IscSummary, subjects: readonly string[]): string {
  const [earlier, later] = [meanAndSem(before).mean, meanAndSem(after).mean];
  return subjectDots({
    id: "isc",
    title: `Inter-subject correlation of ${subjects.length} subjects, before and after alignment`,
    description: `Mean over ${voxels} voxels and all subjects: r = ${fixed(earlier, 3)} before, ${fixed(later, 3)} after.`,
    axis: "Inter-subject correlation (r)",
    subjects,
    columns: [
      { name: "anatomical", label: ["Before", "(anatomical)"], values: before },
      { name: "aligned", label: ["After", "(aligned)"], values: after },
    ],
    line: null,
    write: (value) => fixed(value, 2),
  });
}
