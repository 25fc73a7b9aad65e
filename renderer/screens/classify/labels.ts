import type { MethodName } from "#app/contract/result.ts";

export const methodLabels: Readonly<Record<MethodName, string>> = {
  within: "Within subject",
  anatomical: "Between, anatomical",
  shifted: "Shifted times",
  aligned: "Between, aligned",
};

/** Where there is little room. */
export const shortMethodLabels: Readonly<Record<MethodName, string>> = {
  within: "Within",
  anatomical: "Anatomical",
  shifted: "Shifted times",
  aligned: "Aligned",
};
