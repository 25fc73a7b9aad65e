import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly method: "ward" | "kmeans";
  readonly count: number;
  readonly set: (method: "ward" | "kmeans", count: number) => void;
  readonly children?: ReactNode;
}

/** How parcels are made of time courses, and how many. */
export function ClusterFields({ label, method, count, set, children }: Props) {
  return (
    <div className="row">
      <select
        aria-label={label}
        value={method}
        onChange={(event) => set(event.target.value as typeof method, count)}
      >
        <option value="ward">Ward, of voxels that share a face</option>
        <option value="kmeans">k-means</option>
      </select>
      <label>
        parcels{" "}
        <input
          type="number"
          min={2}
          max={5000}
          value={count}
          onChange={(event) =>
            set(method, Math.min(5000, Math.max(2, Math.round(event.target.valueAsNumber) || 2)))
          }
        />
      </label>
      {children}
    </div>
  );
}

/** Of parcels that are made where nothing tested is seen. */
export function MadeInFold() {
  return (
    <p className="quiet">
      Made in each fold of the mean time courses of the rows aligned on, never of rows to test.
    </p>
  );
}
