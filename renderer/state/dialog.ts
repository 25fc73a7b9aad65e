import { create } from "zustand";

type Floating = "shortcuts" | "runs" | "get-dataset" | "axes";

/** What floats above the place: at most one at a time. */
export const useDialog = create<{
  readonly open: Floating | null;
  show(open: Floating | null): void;
}>()((set) => ({ open: null, show: (open) => set({ open }) }));
