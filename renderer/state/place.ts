import { create } from "zustand";

export const places = ["Open", "Align", "Inspect", "Classify", "Report"] as const;
export type Place = (typeof places)[number];

/** Where the user is. */
export const usePlace = create<{ readonly place: Place; go(place: Place): void }>()((set) => ({
  place: "Open",
  go: (place) => set({ place }),
}));
