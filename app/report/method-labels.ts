import type { MethodName } from "#app/contract/result.ts";

/** What a classification is called in tables and figures. */
export const methodLabels: Readonly<Record<MethodName, string>> = {
  within: "Within subject",
  anatomical: "Between subjects, anatomical",
  shifted: "Between subjects, aligned on shifted times",
  aligned: "Between subjects, aligned",
};

/** The same in two lines, for an axis. */
export const axisLabels: Readonly<Record<MethodName, readonly [string, string]>> = {
  within: ["Within", "subject"],
  anatomical: ["Between subjects,", "anatomical"],
  shifted: ["Aligned on", "shifted times"],
  aligned: ["Between subjects,", "aligned"],
};
