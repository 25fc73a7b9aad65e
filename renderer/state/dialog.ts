import { create } from "zustand";

/** What floats above the place: at most one at a time. */
export const useDialog = create<{
  readonly open: "shortcuts" | "runs" | "get-dataset" | null;
  show(open: "shortcuts" | "runs" | "get-dataset" | null): void;
}>()((set) => ({ open: null, show: (open) => set({ open }) }));
