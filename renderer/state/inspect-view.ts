import { create } from "zustand";
import type { Maps } from "#app/contract/maps.ts";
import type { Correction, MapKind, MapUnit } from "#renderer/brain/map-kind.ts";
import type { RegionGrid } from "#renderer/brain/region-grid.ts";

/** How Inspect shows a run: what its controls and the keys change. */
interface InspectView {
  /** The run that is looked at now; null in every other place. Without a region its columns have no place in a volume. */
  readonly shown: { readonly maps: Maps; readonly region: RegionGrid | null } | null;
  readonly kind: MapKind;
  /** By what correlations are held to be above chance. */
  readonly correction: Correction;
  /** Absolute, so that it means the same for every subject and condition. */
  readonly thresholds: Readonly<Record<MapUnit, number>>;
  /** The component whose weights are shown, where the common space has no voxels. */
  readonly component: number;
  readonly overlay: boolean;
  readonly frame: "region" | "brain";
  readonly crosshair: boolean;
  readonly labels: boolean;
  /** Counts the resets, for the views to follow. */
  readonly resets: number;
  change(change: Partial<Omit<InspectView, "change">>): void;
}

export const useInspectView = create<InspectView>()((set) => ({
  shown: null,
  kind: "pattern",
  correction: "max",
  thresholds: { z: 0, r: 0, w: 0, "%": 0 },
  component: 0,
  overlay: true,
  frame: "region",
  crosshair: true,
  labels: true,
  resets: 0,
  change: (change) => set(change),
}));
