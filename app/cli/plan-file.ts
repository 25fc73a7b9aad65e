import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";

/** Reads a Plan; a relative dataset path is taken from the file's folder. @throws Fault plan/invalid */
export async function readPlan(file: string): Promise<Plan> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const detail =
      error instanceof SyntaxError ? `${file} is not JSON: ${error.message}` : `${file} can't be read`;
    throw new Fault("plan/invalid", { detail });
  }
  const parsed = Plan.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Fault("plan/invalid", { detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` });
  }
  const { path } = parsed.data.dataset;
  if (isAbsolute(path)) return parsed.data;
  return { ...parsed.data, dataset: { ...parsed.data.dataset, path: join(dirname(resolve(file)), path) } };
}
