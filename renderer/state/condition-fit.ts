import { create } from "zustand";
import type { Output } from "#app/contract/calls.ts";
import type { ConditionFit, FitRequest } from "#app/contract/condition-fit.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Progress } from "#app/contract/progress.ts";
import { bridge } from "#renderer/bridge.ts";

/** The comparison of a run with a common space that goes on, and the last that was made. */
interface ConditionFits {
  readonly fitting: { readonly progress: Progress | null } | null;
  readonly fit: ConditionFit | null;
  readonly wrong: string;
  /** Another dataset that runs to compare are of. */
  readonly other: Output<"conditions.choose">;
  /** Asks for it; false where none was chosen. */
  choose(): Promise<boolean>;
  start(plan: Plan, request: FitRequest): Promise<void>;
  stop(): Promise<void>;
  forget(): void;
}

/** Counts what was asked for: an answer to what was asked before is not shown. */
let asked = 0;

export const useConditionFit = create<ConditionFits>()((set) => ({
  fitting: null,
  fit: null,
  wrong: "",
  other: null,
  async choose() {
    const answer = await bridge.call("conditions.choose", {});
    if (!answer.ok) set({ wrong: answer.fault.text });
    else if (answer.value !== null) set({ other: answer.value, fit: null, wrong: "" });
    return answer.ok && answer.value !== null;
  },
  async start(plan, request) {
    asked += 1;
    const own = asked;
    set({ fitting: { progress: null }, fit: null, wrong: "" });
    const answer = await bridge.call("conditions.fit", { plan, request });
    if (own !== asked) return;
    if (answer.ok) return set({ fitting: null, fit: answer.value });
    set({ fitting: null, wrong: answer.fault.code === "run/cancelled" ? "" : answer.fault.text });
  },
  async stop() {
    await bridge.call("conditions.stop", {});
  },
  forget() {
    asked += 1;
    set({ fitting: null, fit: null, wrong: "" });
  },
}));

/** Hears how far a comparison is. */
export function watchConditionFits(): void {
  bridge.on("conditions.fitting", (progress) => {
    if (useConditionFit.getState().fitting !== null) useConditionFit.setState({ fitting: { progress } });
  });
}
