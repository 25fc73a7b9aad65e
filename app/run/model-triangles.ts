import type { Dataset } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import { readModel } from "#app/dataset/model-table.ts";
import type { ModelTriangle } from "#app/evaluate/rsa/similarity.ts";
import { namedFile } from "#app/prepare/named-file.ts";

/** Three pairs of three conditions can be ordered in six ways only. */
const FEWEST = 4;

/** The models that a Plan names, of these conditions. @throws Fault model/… */
export async function modelTriangles(
  dataset: Pick<Dataset, "folder">,
  { similarity }: Plan,
  classes: readonly string[],
): Promise<ModelTriangle[]> {
  const found: ModelTriangle[] = [];
  for (const { name, path } of similarity.models) {
    const { between } = await readModel(namedFile(dataset, path));
    const shared = classes.filter((one) =>
      classes.some((other) => one !== other && between(one, other) !== undefined),
    );
    if (shared.length < FEWEST)
      throw new Fault("model/few-conditions", { name, shared: String(shared.length) });
    const values = classes.flatMap((a, at) => classes.slice(at + 1).map((b) => between(a, b) ?? Number.NaN));
    found.push({ name, values });
  }
  return found;
}

/** Their files. */
export function modelFiles(dataset: Pick<Dataset, "folder">, { similarity }: Plan): string[] {
  return similarity.models.map(({ path }) => namedFile(dataset, path));
}
