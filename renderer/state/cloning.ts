import { create } from "zustand";
import type { CloneProgress, KnownDataset } from "#app/contract/annex.ts";
import { bridge } from "#renderer/bridge.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { useStudy } from "#renderer/state/study.ts";

/** Getting a dataset by its address: its names first, then what of it is wanted. */
interface Cloning {
  readonly known: readonly KnownDataset[];
  readonly busy: boolean;
  readonly progress: CloneProgress | null;
  readonly wrong: string;
  /** Of what is typed: an OpenNeuro dataset, say. */
  readonly named: KnownDataset | null;
  list(): Promise<void>;
  find(text: string): Promise<void>;
  clone(address: string): Promise<void>;
  stop(): void;
}

export const useCloning = create<Cloning>()((set, get) => ({
  known: [],
  named: null,
  busy: false,
  progress: null,
  wrong: "",
  async list() {
    const answer = await bridge.call("annex.known", { text: "" });
    if (answer.ok) set({ known: answer.value });
  },
  async find(text) {
    const answer = text === "" ? null : await bridge.call("annex.known", { text });
    set({ named: answer?.ok ? (answer.value[0] ?? null) : null });
  },
  async clone(address) {
    if (get().busy) return;
    set({ busy: true, progress: null, wrong: "" });
    const answer = await bridge.call("annex.clone", { address });
    set({ busy: false, progress: null });
    if (!answer.ok) {
      if (answer.fault.code !== "run/cancelled") set({ wrong: answer.fault.text });
    } else if (answer.value !== null) {
      useDialog.getState().show(null);
      await useStudy.getState().adopt(answer.value);
    }
  },
  stop: () => void bridge.call("annex.pause", {}),
}));

/** Hears how far cloning is. */
export function watchCloning(): void {
  bridge.on("annex.cloning", (progress) => useCloning.setState({ progress }));
}
