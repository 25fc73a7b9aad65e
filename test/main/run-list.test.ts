import { rm } from "node:fs/promises";
import { beforeEach, expect, test, vi } from "vitest";
import type { RunSummary } from "#app/contract/calls.ts";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import type { EngineHost } from "#main/engine-host.ts";
import { RunList } from "#main/run-list.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("runs");
});

const plan = Plan.parse({
  version: 1,
  dataset: { path: "/data/study" },
  region: { kind: "brain" },
  samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 5 } },
  method: { name: "hyperalignment" },
  protocol: { name: "leave-one-run-out" },
  classifier: { name: "linear-svm" },
});
const result = { accuracy: { within: null, anatomical: null, aligned: { mean: 0.4 } } };
const about = { datasetName: "study", method: "Hyperalignment" };

/** A list whose engine does as told, and the summaries it ends with. */
function listWith(
  call: (signal: AbortSignal) => Promise<unknown>,
  onBusy: (busy: boolean) => void = () => {},
) {
  const engine = {
    call: (_name: string, _input: unknown, { signal }: { signal: AbortSignal }) => call(signal),
  } as unknown as EngineHost;
  let end: (summary: RunSummary) => void = () => {};
  const ended = new Promise<RunSummary>((resolve) => {
    end = resolve;
  });
  return { runs: new RunList(folder, engine, { onBusy, onProgress: () => {}, onEnded: end }), ended };
}

test("a run that ends well is done, and stays in the list", async () => {
  const { runs, ended } = listWith(async () => result);
  const run = await runs.start(plan, about);
  expect(await ended).toMatchObject({ run, state: "done", fault: null, aligned: 0.4 });
  expect(await listWith(async () => ({})).runs.list()).toMatchObject([{ run, state: "done" }]);
});

test("a run whose engine died goes on once in the next one", async () => {
  let calls = 0;
  const { runs, ended } = listWith(async () => {
    calls += 1;
    if (calls === 1) throw new Fault("engine/lost");
    return result;
  });
  await runs.start(plan, about);
  expect(await ended).toMatchObject({ state: "done" });
  expect(calls).toBe(2);
});

test("a run that kills its engine twice is given up", async () => {
  let calls = 0;
  const { runs, ended } = listWith(async () => {
    calls += 1;
    throw new Fault("engine/lost");
  });
  await runs.start(plan, about);
  expect(await ended).toMatchObject({ state: "failed", fault: { code: "run/kills-engine" } });
  expect(calls).toBe(2);
});

test("a run is not tried again when the engine is given up", async () => {
  let calls = 0;
  const { runs, ended } = listWith(async () => {
    calls += 1;
    throw new Fault("engine/given-up");
  });
  await runs.start(plan, about);
  expect(await ended).toMatchObject({ state: "failed", fault: { code: "engine/given-up" } });
  expect(calls).toBe(1);
});

test("cancelling all ends when every run is kept as cancelled, even if its engine dies of it", async () => {
  const busy: boolean[] = [];
  const { runs } = listWith(
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Fault("engine/lost")));
      }),
    (now) => busy.push(now),
  );
  await runs.start(plan, about);
  await runs.cancelAll();
  expect(await listWith(async () => ({})).runs.list()).toMatchObject([
    { state: "cancelled", fault: { code: "run/cancelled" } },
  ]);
  expect(busy).toStrictEqual([true, false]);
});

test("the window hears of a run's end even where it can't be written down", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const { runs, ended } = listWith(async () => {
    await rm(folder, { recursive: true });
    return result;
  });
  await runs.start(plan, about);
  expect(await ended).toMatchObject({ state: "done" });
  expect(String(error.mock.calls[0]?.[0])).toContain("ENOENT");
  error.mockRestore();
});

test("a run that is cancelled says so", async () => {
  const { runs, ended } = listWith(
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Fault("run/cancelled")));
      }),
  );
  const run = await runs.start(plan, about);
  expect(runs.running).toBe(true);
  runs.cancel(run);
  expect(await ended).toMatchObject({ state: "cancelled" });
  expect(runs.running).toBe(false);
});

test("a run that an earlier application left running was torn off, and says so", async () => {
  await listWith(() => new Promise(() => {})).runs.start(plan, about);
  expect(await listWith(async () => ({})).runs.list()).toMatchObject([
    { state: "failed", fault: { text: "Concord ended while this run was going. Start it again." } },
  ]);
});

test("a run that is not there is refused by name", async () => {
  await expect(listWith(async () => ({})).runs.summary("none")).rejects.toMatchObject({
    code: "run/unknown",
    values: { run: "none" },
  });
});
