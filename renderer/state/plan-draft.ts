import { create } from "zustand";
import type { Plan } from "#app/contract/plan.ts";
import type { Preview } from "#app/contract/preview.ts";
import { bridge } from "#renderer/bridge.ts";
import { useStudy } from "#renderer/state/study.ts";

const PREVIEW_DELAY_MS = 250;

/** The Plan that the user is making, and what it will do. */
interface PlanDraft {
  readonly plan: Plan | null;
  readonly preview: Preview | null;
  readonly wrong: string;
  /** Starts from what main suggests for a dataset. */
  begin(grant: string): Promise<void>;
  change(change: (plan: Plan) => Plan): void;
  /** Takes the Plan of an earlier run, with its dataset. */
  adopt(plan: Plan): Promise<void>;
}

/** The Plan to take up once its dataset is open. */
let wanted: Plan | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export const usePlanDraft = create<PlanDraft>()((set, get) => {
  async function look(): Promise<void> {
    const { plan } = get();
    if (plan === null) return;
    const answer = await bridge.call("plan.preview", { plan });
    if (get().plan !== plan) return;
    if (answer.ok) set({ preview: answer.value, wrong: "" });
    else set({ preview: null, wrong: answer.fault.text });
  }
  // What was read tells how many rows are good.
  useStudy.subscribe(({ examination }, before) => {
    if (examination !== null && examination !== before.examination) void look();
  });
  return {
    plan: null,
    preview: null,
    wrong: "",
    async begin(grant) {
      const path = useStudy.getState().opened?.dataset.path;
      if (wanted !== null && wanted.dataset.path === path) {
        set({ plan: wanted, preview: null, wrong: "" });
        wanted = null;
        return look();
      }
      wanted = null;
      const answer = await bridge.call("plan.suggest", { grant });
      if (!answer.ok) set({ plan: null, preview: null, wrong: answer.fault.text });
      else {
        set({ plan: answer.value, preview: null, wrong: "" });
        await look();
      }
    },
    async adopt(plan) {
      const study = useStudy.getState();
      if (study.opened?.dataset.path === plan.dataset.path) {
        set({ plan, preview: null, wrong: "" });
        return look();
      }
      wanted = plan;
      await study.open(plan.dataset.path);
    },
    change(change) {
      const { plan } = get();
      if (plan === null) return;
      const next = change(plan);
      set({ plan: next });
      clearTimeout(timer);
      timer = setTimeout(() => void look(), PREVIEW_DELAY_MS);
      const grant = useStudy.getState().opened?.grant;
      if (grant === undefined || next.dataset === plan.dataset) return;
      const { leaveOut, repairs } = next.dataset;
      // That choices are forgotten hurts less than a message about it.
      void bridge.call("dataset.remember", { grant, choices: { leaveOut, repairs } });
    },
  };
});
