import type { MethodName } from "#app/contract/result.ts";

export const methodLabels: Readonly<Record<MethodName, string>> = {
  within: "Within subject",
  anatomical: "Between, anatomical",
  shifted: "Shifted times",
  aligned: "Between, aligned",
};
