import { create } from "zustand";
import type { FetchProgress } from "#app/contract/annex.ts";
import { bridge } from "#renderer/bridge.ts";
import { useStudy } from "#renderer/state/study.ts";

/** The download of files that git-annex holds back. */
interface Downloads {
  /** The subjects to fetch. */
  readonly wanted: readonly string[];
  /** "paused": what arrived is kept, and a later start goes on. */
  readonly state: "idle" | "fetching" | "paused";
  readonly progress: FetchProgress | null;
  /** Sentences about what could not be had. */
  readonly wrong: readonly string[];
  want(subjects: readonly string[]): void;
  start(): Promise<void>;
  pause(): void;
}

export const useDownloads = create<Downloads>()((set, get) => ({
  wanted: [],
  state: "idle",
  progress: null,
  wrong: [],
  want: (wanted) => set({ wanted }),
  async start() {
    const { opened } = useStudy.getState();
    const { wanted, state } = get();
    if (opened === null || state === "fetching") return;
    const { grant, dataset } = opened;
    const paths = dataset.absent
      .filter(({ subject }) => wanted.includes(subject))
      .flatMap(({ path, besides }) => [path, ...besides]);
    set({ state: "fetching", wrong: [] });
    const answer = await bridge.call("annex.fetch", { grant, paths: [...new Set(paths)] });
    if (!answer.ok) {
      const paused = answer.fault.code === "run/cancelled";
      set({ state: paused ? "paused" : "idle", wrong: paused ? [] : [answer.fault.text] });
      return;
    }
    set({ state: "idle", progress: null, wanted: [], wrong: answer.value.failed.map(({ text }) => text) });
    // What was fetched is read; what was not stays as it is, and says so.
    if (useStudy.getState().opened?.grant === grant) await useStudy.getState().open(dataset.path);
  },
  pause: () => void bridge.call("annex.pause", {}),
}));

/** Hears how far a download is. */
export function watchDownloads(): void {
  bridge.on("annex.fetching", (progress) => useDownloads.setState({ progress }));
  useStudy.subscribe(({ opened }, before) => {
    if (opened?.dataset.path !== before.opened?.dataset.path)
      useDownloads.setState({ wanted: [], wrong: [], progress: null });
  });
}
