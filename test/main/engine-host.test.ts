import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EngineHost } from "#main/engine-host.ts";
import type { EngineProcess, FromEngine, ToEngine } from "#main/engine-messages.ts";

/** An engine's process that does nothing of itself. */
class FakeProcess implements EngineProcess {
  readonly sent: ToEngine[] = [];
  #hear: (message: FromEngine) => void = () => {};
  #exit: () => void = () => {};

  postMessage(message: ToEngine): void {
    this.sent.push(message);
  }

  kill(): void {
    this.die();
  }

  on(event: "message" | "exit", listener: (message: FromEngine) => void): void {
    if (event === "message") this.#hear = listener;
    else this.#exit = listener as () => void;
  }

  says(message: FromEngine): void {
    this.#hear(message);
  }

  die(): void {
    this.#exit();
  }
}

let children: FakeProcess[];
let told: string[];
let host: EngineHost;

beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  told = [];
  host = new EngineHost(
    () => {
      const child = new FakeProcess();
      children.push(child);
      return child;
    },
    "the contract",
    { onReady: () => told.push("ready"), onLost: ({ code }) => told.push(code) },
  );
  host.start();
});

afterEach(() => {
  vi.useRealTimers();
});

const hello = { kind: "hello", contract: "the contract", workers: 2, kernels: "native" } as const;
const last = () => children.at(-1) as FakeProcess;

test("an answer reaches its caller, and a fault arrives as one", async () => {
  const methods = host.call("methods", []);
  const report = host.call("report", ["/results"]);
  expect(last().sent).toStrictEqual([
    { kind: "call", id: 1, name: "methods", input: [] },
    { kind: "call", id: 2, name: "report", input: ["/results"] },
  ]);
  last().says({ kind: "fault", id: 2, fault: { code: "run/unknown", values: {}, text: "There is none." } });
  last().says({ kind: "done", id: 1, output: [] });
  expect(await methods).toStrictEqual([]);
  await expect(report).rejects.toThrow("There is none.");
});

test("a lost engine fails what was pending, and waits half a second, two and eight before the next", async () => {
  const work = host.call("methods", []);
  last().die();
  await expect(work).rejects.toMatchObject({ code: "engine/lost" });
  for (const [at, wait] of [500, 2000, 8000].entries()) {
    vi.advanceTimersByTime(wait - 1);
    expect(children).toHaveLength(at + 1);
    vi.advanceTimersByTime(1);
    expect(children).toHaveLength(at + 2);
    if (at < 2) last().die();
  }
});

test("what is asked for between two engines is asked of the next one", async () => {
  last().die();
  const work = host.call("methods", []);
  expect(children).toHaveLength(1);
  vi.advanceTimersByTime(500);
  expect(last().sent).toStrictEqual([{ kind: "call", id: 1, name: "methods", input: [] }]);
  last().says({ kind: "done", id: 1, output: [] });
  expect(await work).toStrictEqual([]);
});

test("what is cancelled between two engines is not asked for", async () => {
  last().die();
  const stop = new AbortController();
  const work = host.call("methods", [], { signal: stop.signal });
  stop.abort();
  await expect(work).rejects.toMatchObject({ code: "run/cancelled" });
  vi.advanceTimersByTime(500);
  expect(last().sent).toStrictEqual([]);
});

test("the fourth loss within ten minutes is the last, and calls are refused with what to do", async () => {
  for (let loss = 0; loss < 4; loss++) {
    last().die();
    vi.advanceTimersByTime(8000);
  }
  expect(children).toHaveLength(4);
  expect(told).toStrictEqual(["engine/lost", "engine/lost", "engine/lost", "engine/given-up"]);
  await expect(host.call("methods", [])).rejects.toThrow("start Concord again");
  vi.advanceTimersByTime(600_000);
  void host.call("methods", []);
  expect(children).toHaveLength(5);
});

test("losses that lie far apart are no reason to give up", () => {
  for (let loss = 0; loss < 8; loss++) {
    vi.advanceTimersByTime(250_000);
    last().die();
    vi.advanceTimersByTime(500);
  }
  expect(children).toHaveLength(9);
  expect(new Set(told)).toStrictEqual(new Set(["engine/lost"]));
});

test("an engine of another version is not talked to, and is a fault", async () => {
  const work = host.call("methods", []);
  last().says({ ...hello, contract: "another" });
  await expect(work).rejects.toMatchObject({ code: "engine/other-version" });
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
  expect(told).toStrictEqual(["engine/other-version"]);
  await expect(host.call("methods", [])).rejects.toMatchObject({ code: "engine/other-version" });
});

test("an engine that is of this version is ready; one that ends with the application is not replaced", () => {
  last().says(hello);
  host.end();
  vi.advanceTimersByTime(60_000);
  expect(told).toStrictEqual(["ready"]);
  expect(children).toHaveLength(1);
});
