import { create } from "zustand";
import type { FaultMessage, Opened, Output, Reply } from "#app/contract/calls.ts";
import type { Examination } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { bridge } from "#renderer/bridge.ts";
import { storedBytes } from "#renderer/parts/stored-bytes.ts";

/** More takes minutes to unpack: then a person is asked. */
const READ_UNASKED_BYTES = 2e9;

/** The dataset that is open, and what reading its voxels has shown. */
export interface Study {
  readonly opened: Opened | null;
  readonly examination: Examination | null;
  /** Images read of all, while they are read. */
  readonly examining: { readonly done: number; readonly total: number } | null;
  readonly busy: boolean;
  /** Subjects made of all, while the example study is made. */
  readonly making: { readonly done: number; readonly total: number } | null;
  readonly wrong: string;
  /** What could not be opened because nothing tells its axes. */
  readonly untold: string | null;
  readonly recent: Output<"dataset.recent">;
  open(path: string): Promise<void>;
  /** Opens what was dropped on the window, which must be one folder or one file. */
  drop(paths: readonly string[]): Promise<void>;
  choose(what: "folder" | "file"): Promise<void>;
  example(): Promise<void>;
  adopt(opened: Opened): Promise<void>;
  /** Reads all voxels: of a small dataset by itself. */
  examine(): Promise<void>;
  listRecent(): Promise<void>;
}

export const useStudy = create<Study>()((set, get) => {
  async function settle(reply: Promise<Reply<Opened | null>>): Promise<void> {
    if (get().busy) return;
    set({ busy: true, making: null, wrong: "", untold: null });
    const answer = await reply;
    set({ busy: false, making: null });
    if (!answer.ok) set(refusal(answer.fault));
    else if (answer.value !== null) await get().adopt(answer.value);
  }
  return {
    opened: null,
    examination: null,
    examining: null,
    busy: false,
    making: null,
    wrong: "",
    untold: null,
    recent: [],
    open: (path) => settle(bridge.call("dataset.open", { path })),
    async drop(paths) {
      const [path = ""] = paths;
      if (get().busy) return;
      if (paths.length === 1) await get().open(path);
      else
        set({ wrong: new Fault("dataset/several", { count: String(paths.length) }).message, untold: null });
    },
    choose: (what) => settle(bridge.call("dataset.choose", { what })),
    example: () => settle(bridge.call("dataset.example", {})),
    async adopt(opened) {
      set({ opened, examination: null, examining: null, wrong: "" });
      const size = storedBytes(opened.dataset.files);
      if (size > 0 && size <= READ_UNASKED_BYTES) await get().examine();
    },
    async examine() {
      const { opened } = get();
      if (opened === null) return;
      set({ examining: { done: 0, total: opened.dataset.files.length } });
      const answer = await bridge.call("dataset.examine", { grant: opened.grant });
      if (get().opened?.grant !== opened.grant) return;
      set({ examining: null });
      if (answer.ok) set({ examination: answer.value });
      else if (answer.fault.code !== "run/cancelled") set({ wrong: answer.fault.text });
    },
    async listRecent() {
      const answer = await bridge.call("dataset.recent", {});
      if (answer.ok) set({ recent: answer.value });
    },
  };
});

function refusal({ code, values, text }: FaultMessage): Pick<Study, "wrong" | "untold"> {
  return { wrong: text, untold: code === "array/axes-unknown" ? (values.opened ?? null) : null };
}

/** Hears of what main opens and reads by itself. */
export function watchStudy(): void {
  bridge.on("dataset.opened", (opened) => void useStudy.getState().adopt(opened));
  bridge.on("dataset.refused", (fault) => useStudy.setState(refusal(fault)));
  bridge.on("dataset.making", (making) => useStudy.setState({ making }));
  bridge.on("dataset.examining", ({ grant, done, total }) => {
    const { opened, examining } = useStudy.getState();
    if (opened?.grant === grant && examining !== null) useStudy.setState({ examining: { done, total } });
  });
}
