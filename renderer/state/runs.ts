import { create } from "zustand";
import type { Payload, RunDetail, RunSummary } from "#app/contract/calls.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Progress } from "#app/contract/progress.ts";
import { bridge } from "#renderer/bridge.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** The runs of this computer, the one that goes on and the one that is shown. */
interface Runs {
  readonly runs: readonly RunSummary[];
  readonly running: { readonly run: string; readonly progress: Progress | null } | null;
  readonly shown: RunDetail | null;
  readonly wrong: string;
  readonly engine: Payload<"engine.ready"> | null;
  readonly lost: string;
  start(plan: Plan): Promise<void>;
  cancel(): Promise<void>;
  show(run: string): Promise<void>;
  /** Takes a run's Plan into Align. */
  reuse(run: string): Promise<void>;
  list(): Promise<void>;
}

/** The run asked for last. */
let asked = "";

export const useRuns = create<Runs>()((set, get) => ({
  runs: [],
  running: null,
  shown: null,
  wrong: "",
  engine: null,
  lost: "",
  async start(plan) {
    if (get().running !== null) return;
    set({ wrong: "", lost: "" });
    const answer = await bridge.call("run.start", { plan });
    if (answer.ok) set({ running: { run: answer.value.run, progress: null } });
    else set({ wrong: answer.fault.text });
    await get().list();
  },
  async cancel() {
    const { running } = get();
    if (running !== null) await bridge.call("run.cancel", { run: running.run });
  },
  async show(run) {
    asked = run;
    const answer = await bridge.call("run.read", { run });
    // Another run was asked for in the meantime.
    if (asked !== run) return;
    if (!answer.ok) return set({ wrong: answer.fault.text });
    const { subject, condition, select } = useSelection.getState();
    const { preparation, result } = answer.value;
    select({
      cell: null,
      subject: preparation.subjects.includes(subject ?? "") ? subject : null,
      condition: result.classes.includes(condition ?? "") ? condition : null,
    });
    set({ shown: answer.value, wrong: "" });
  },
  async reuse(run) {
    const answer = await bridge.call("run.plan", { run });
    if (answer.ok) await usePlanDraft.getState().adopt(answer.value);
    else set({ wrong: answer.fault.text });
  },
  async list() {
    const answer = await bridge.call("run.list", {});
    if (answer.ok) set({ runs: answer.value });
  },
}));

/** Hears of the runs and of the engine. */
export function watchRuns(): void {
  bridge.on("run.progress", ({ run, progress }) => useRuns.setState({ running: { run, progress } }));
  bridge.on("run.ended", (summary) => {
    const { show, list } = useRuns.getState();
    const wrong = summary.state === "failed" ? (summary.fault?.text ?? "") : "";
    useRuns.setState({ running: null, wrong });
    void list();
    if (summary.state === "done") void show(summary.run);
  });
  bridge.on("engine.ready", (engine) => useRuns.setState({ engine }));
  bridge.on("engine.lost", ({ text }) => useRuns.setState({ engine: null, lost: text }));
}
