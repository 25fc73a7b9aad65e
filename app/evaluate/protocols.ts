import { Fault } from "#app/contract/fault.ts";
import type { AligningProtocol, Protocol } from "#app/contract/plan.ts";
import type { RunLength, RunPart } from "#app/contract/run-part.ts";
import type { Fold } from "./fold.ts";

type Split = Pick<Fold, "id" | "fit" | "held">;
type Blocks = Extract<Protocol, { name: "leave-one-block-out" }>;

/** The folds of a protocol, in the order of the runs. @throws Fault plan/too-few-runs, plan/no-runs, plan/no-rows, plan/too-few-subjects, dataset/unknown-run */
export function expandProtocol(
  protocol: Protocol,
  runs: readonly RunLength[],
  subjects: readonly string[],
): readonly Fold[] {
  if (protocol.name === "leave-one-subject-out")
    return [{ id: "all", fit: [], held: runs.map(whole), newcomer: null, scheme: "A" }];
  const { claim, scheme } = protocol;
  const splits = splitsOf(protocol, runs);
  if (claim === "same subjects, new data")
    return splits.map((split) => ({ ...split, newcomer: null, scheme }));
  if (subjects.length < 3) throw new Fault("plan/too-few-subjects", { subjects: String(subjects.length) });
  return splits.flatMap((split) =>
    subjects.map((newcomer) => ({ ...split, id: `${split.id}_without-${newcomer}`, newcomer, scheme })),
  );
}

/** What is aligned on and what is held out of it. */
function splitsOf(protocol: AligningProtocol, runs: readonly RunLength[]): Split[] {
  switch (protocol.name) {
    case "leave-one-run-out":
      if (runs.length < 2) throw new Fault("plan/too-few-runs");
      return runs.map((left) => ({
        id: left.run,
        fit: runs.filter((run) => run !== left).map(whole),
        held: [whole(left)],
      }));
    case "leave-one-block-out":
      return runs.flatMap((run) => blocksOf(run, protocol).map((block) => leaveOut(block, runs, protocol)));
    case "fit-test": {
      const chosen = (names: readonly string[]) => {
        const unknown = names.find((name) => runs.every(({ run }) => run !== name));
        if (unknown !== undefined) {
          const known = runs.map(({ run }) => run).join(", ");
          throw new Fault("dataset/unknown-run", { run: unknown, known });
        }
        return runs.filter(({ run }) => names.includes(run)).map(whole);
      };
      const [fit, held] = [chosen(protocol.fit), chosen(protocol.test)];
      if (fit.length === 0) throw new Fault("plan/no-runs", { does: "align on" });
      if (held.length === 0) throw new Fault("plan/no-runs", { does: "test" });
      return [{ id: "fit-test", fit, held }];
    }
  }
}

interface Block extends RunPart {
  /** From 1. */
  readonly number: number;
}

/** A run's blocks, of equal length but for rounding. */
function blocksOf({ run, volumes }: RunLength, { blocks }: Blocks): Block[] {
  const border = (at: number) => Math.round((at * volumes) / blocks);
  return Array.from({ length: blocks }, (_, at) => ({
    run,
    number: at + 1,
    from: border(at),
    to: border(at + 1),
  }));
}

function leaveOut(
  { run, number, from, to }: Block,
  runs: readonly RunLength[],
  { gapVolumes }: Blocks,
): Split {
  const fit = runs.flatMap((own): RunPart[] =>
    own.run === run
      ? [
          { run, from: 0, to: from - gapVolumes },
          { run, from: to + gapVolumes, to: own.volumes },
        ].filter((part) => part.to - part.from > 1)
      : [whole(own)],
  );
  const id = `${run}_block-${number}`;
  if (to - from < 2) throw new Fault("plan/no-rows", { fold: id, does: "test" });
  if (fit.length === 0) throw new Fault("plan/no-rows", { fold: id, does: "align on" });
  return { id, fit, held: [{ run, from, to }] };
}

function whole({ run, volumes }: RunLength): RunPart {
  return { run, from: 0, to: volumes };
}
