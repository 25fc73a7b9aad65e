import type { Reply } from "#app/contract/calls.ts";
import type { Dataset } from "#app/contract/dataset.ts";

export interface ToEngine {
  readonly id: number;
  readonly path: string;
}
export interface FromEngine {
  readonly id: number;
  readonly reply: Reply<Dataset>;
}
