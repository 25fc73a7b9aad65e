import { type AligningProtocol, type Plan, type Protocol, usualBetween } from "#app/contract/plan.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

type Blocks = Extract<Protocol, { name: "leave-one-block-out" }>;
type FitTest = Extract<Protocol, { name: "fit-test" }>;

/** Of the card's summary: "leave one run out, new subject". */
export function protocolWords(protocol: Protocol): string {
  if (protocol.name === "leave-one-subject-out") return "leave one subject out, no alignment";
  const claim = protocol.claim === "new subject" ? ", new subject" : "";
  const scheme = protocol.scheme === "B" ? ", scheme B" : "";
  return `${splitWords(protocol)}${claim}${scheme}`;
}

function splitWords(protocol: AligningProtocol): string {
  if (protocol.name === "leave-one-run-out") return "leave one run out";
  if (protocol.name === "leave-one-block-out") return `leave one of ${protocol.blocks} blocks a run out`;
  const named = (runs: readonly string[]) => (runs.length === 0 ? "no run" : runs.join(", "));
  return `fit on ${named(protocol.fit)}, test on ${named(protocol.test)}`;
}

/** What is held out of the alignment, what the result will claim, and what classifiers learn from. */
export function ProtocolFields({ plan: { protocol } }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const runs = useStudy((study) => study.opened?.dataset.runs ?? []);
  const set = (next: Protocol) => change((old) => ({ ...old, protocol: next }));
  const between =
    protocol.name === "leave-one-subject-out"
      ? usualBetween
      : { claim: protocol.claim, scheme: protocol.scheme };
  const starts: Record<Protocol["name"], Protocol> = {
    "leave-one-run-out": { name: "leave-one-run-out", ...between },
    "leave-one-block-out": { name: "leave-one-block-out", blocks: 2, gapVolumes: 10, ...between },
    "fit-test": { name: "fit-test", fit: runs.slice(0, -1), test: runs.slice(-1), ...between },
    "leave-one-subject-out": { name: "leave-one-subject-out" },
  };
  return (
    <>
      <label>
        Protocol{" "}
        <select
          value={protocol.name}
          onChange={(event) => set(starts[event.target.value as Protocol["name"]])}
        >
          <option value="leave-one-run-out">leave one run out of the alignment</option>
          <option value="leave-one-block-out">leave one block of a run out of the alignment</option>
          <option value="fit-test">fit on these runs, test on those</option>
          <option value="leave-one-subject-out">anatomical only: leave one subject out over all rows</option>
        </select>
      </label>
      {protocol.name === "leave-one-block-out" && <BlockFields protocol={protocol} set={set} />}
      {protocol.name === "fit-test" && <RunFields protocol={protocol} runs={runs} set={set} />}
      {protocol.name !== "leave-one-subject-out" && <BetweenFields protocol={protocol} set={set} />}
    </>
  );
}

interface Fields<Kind extends Protocol> {
  readonly protocol: Kind;
  readonly set: (next: Protocol) => void;
}

function BlockFields({ protocol, set }: Fields<Blocks>) {
  const whole = (value: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Math.round(value) || least));
  return (
    <div className="row">
      <label>
        Blocks a run{" "}
        <input
          type="number"
          min={2}
          max={50}
          value={protocol.blocks}
          onChange={({ target }) => set({ ...protocol, blocks: whole(target.valueAsNumber, 2, 50) })}
        />
      </label>
      <label>
        Gap{" "}
        <input
          type="number"
          aria-label="Gap on either side, volumes"
          min={0}
          max={1000}
          value={protocol.gapVolumes}
          onChange={({ target }) => set({ ...protocol, gapVolumes: whole(target.valueAsNumber, 0, 1000) })}
        />{" "}
        volumes on either side
      </label>
    </div>
  );
}

function RunFields({ protocol, runs, set }: Fields<FitTest> & { readonly runs: readonly string[] }) {
  const { fit, test } = protocol;
  const place = (run: string, role: string) => {
    const without = (list: readonly string[]) => list.filter((one) => one !== run);
    set({
      ...protocol,
      fit: role === "fit" ? [...without(fit), run] : without(fit),
      test: role === "test" ? [...without(test), run] : without(test),
    });
  };
  return (
    <div className="row">
      {runs.map((run) => (
        <label key={run}>
          {run}{" "}
          <select
            value={fit.includes(run) ? "fit" : test.includes(run) ? "test" : "none"}
            onChange={(event) => place(run, event.target.value)}
          >
            <option value="fit">fit</option>
            <option value="test">test</option>
            <option value="none">neither</option>
          </select>
        </label>
      ))}
    </div>
  );
}

function BetweenFields({ protocol, set }: Fields<AligningProtocol>) {
  return (
    <>
      <label>
        Claim{" "}
        <select
          value={protocol.claim}
          onChange={({ target }) => set({ ...protocol, claim: target.value as AligningProtocol["claim"] })}
        >
          <option value="same subjects, new data">
            same subjects, new data: all subjects make the common space
          </option>
          <option value="new subject">new subject: the one tested is added to a space of the others</option>
        </select>
      </label>
      <label>
        Train on{" "}
        <select
          value={protocol.scheme}
          onChange={({ target }) => set({ ...protocol, scheme: target.value as AligningProtocol["scheme"] })}
        >
          <option value="A">the others' samples held out (scheme A)</option>
          <option value="B">the others' samples aligned on (scheme B)</option>
        </select>
      </label>
    </>
  );
}
