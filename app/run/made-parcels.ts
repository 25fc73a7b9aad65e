import type { Dataset } from "#app/contract/dataset.ts";
import type { Plan, RegionOf } from "#app/contract/plan.ts";
import type { Parcels } from "#app/prepare/parcels/parcels.ts";

/** Remembers the parcels made last, so that choosing some of them and previews need not make them again. */
export class MadeParcels {
  #key = "";
  #parcels: Parcels | null = null;

  keep(dataset: Dataset, plan: Plan, region: RegionOf<"parcels">, parcels: Parcels): void {
    this.#key = keyOf(dataset, plan, region);
    this.#parcels = parcels;
  }

  /** null where they were not made, or of other images by now. */
  known(dataset: Dataset, plan: Plan, region: RegionOf<"parcels">): Parcels | null {
    return this.#key === keyOf(dataset, plan, region) ? this.#parcels : null;
  }
}

/** All that decides parcels, whichever of them are chosen. */
function keyOf({ files }: Dataset, { dataset, cleaning }: Plan, region: RegionOf<"parcels">): string {
  const images = files.map(({ path, sizeBytes, volumes, maskPath }) => [path, sizeBytes, volumes, maskPath]);
  return JSON.stringify([dataset, cleaning, { ...region, parcels: null }, images]);
}
