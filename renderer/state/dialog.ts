import { create } from "zustand";

/** What floats above the place: at most one at a time. */
export const useDialog = create<{
  readonly open: "shortcuts" | "runs" | null;
  show(open: "shortcuts" | "runs" | null): void;
}>()((set) => ({ open: null, show: (open) => set({ open }) }));
