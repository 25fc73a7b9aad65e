import { create } from "zustand";
import type { AxesQuestion, Axis } from "#app/contract/arrays.ts";
import { bridge } from "#renderer/bridge.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { useStudy } from "#renderer/state/study.ts";

interface Asked {
  readonly question: AxesQuestion;
  /** As told up to now: each axis once. */
  readonly axes: readonly Axis[];
  /** Whether its arrays are images. */
  readonly used: boolean;
}

/** What a person tells of arrays that do not say which of their axes is time. */
interface Axes {
  /** The file or folder. */
  readonly path: string;
  readonly asked: readonly Asked[];
  readonly busy: boolean;
  readonly wrong: string;
  ask(path: string): Promise<void>;
  /** The axis at this place gets this meaning; the one that had it gets the other's. */
  mean(at: number, place: number, axis: Axis): void;
  use(at: number, used: boolean): void;
  tell(trSeconds: number | null): Promise<void>;
}

export const useAxes = create<Axes>()((set, get) => {
  const change = (at: number, next: (one: Asked) => Asked) =>
    set({ asked: get().asked.map((one, i) => (i === at ? next(one) : one)) });
  return {
    path: "",
    asked: [],
    busy: false,
    wrong: "",
    async ask(path) {
      const answer = await bridge.call("arrays.list", { path });
      if (useStudy.getState().untold !== path) return;
      if (!answer.ok) useStudy.setState({ wrong: answer.fault.text });
      else if (answer.value.length > 0) {
        const asked = answer.value.map((question) => ({ question, axes: question.preset, used: true }));
        set({ path, asked, busy: false, wrong: "" });
        useDialog.getState().show("axes");
      }
    },
    mean: (at, place, axis) =>
      change(at, (one) => {
        const before = one.axes[place];
        const axes = one.axes.map((own, i) => (i === place ? axis : own === axis ? (before ?? own) : own));
        return { ...one, axes };
      }),
    use: (at, used) => change(at, (one) => ({ ...one, used })),
    async tell(trSeconds) {
      const { path, asked, busy } = get();
      if (busy) return;
      set({ busy: true, wrong: "" });
      const answers = asked.flatMap(({ question, axes, used }) =>
        question.shapes.map((shape) => ({ shape, axes: used ? axes : null })),
      );
      const answer = await bridge.call("arrays.tell", { path, answers, trSeconds });
      set({ busy: false });
      if (!answer.ok) return set({ wrong: answer.fault.text });
      useDialog.getState().show(null);
      await useStudy.getState().adopt(answer.value);
    },
  };
});

/** Asks as soon as something was not opened because its axes can't be told. */
export function watchAxes(): void {
  useStudy.subscribe(({ untold }, before) => {
    if (untold !== null && untold !== before.untold) void useAxes.getState().ask(untold);
  });
}
