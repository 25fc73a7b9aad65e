import { join } from "node:path";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { Pool } from "./pool.ts";
import { type Progress, runPlan } from "./run-plan.ts";

/** What runs Plans: a pool of worker threads and the kernels, found below the project's folder. */
export interface Engine {
  run(plan: Plan, folder: string, onProgress: (progress: Progress) => void): Promise<EvaluationResult>;
  close(): Promise<void>;
}

export function startEngine(root: string, workers: number): Engine {
  const linalg = loadLinalg(root);
  const pool = new Pool(join(root, "out", "node", "worker.cjs"), root, workers);
  return {
    run: (plan, folder, onProgress) => runPlan(plan, folder, linalg, pool, { onProgress }),
    close: () => pool.close(),
  };
}
