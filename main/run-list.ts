import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Payload, RunSummary } from "#app/contract/calls.ts";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import type { Progress } from "#app/contract/progress.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import type { EngineHost } from "#main/engine-host.ts";
import { faultMessage } from "#main/fault-message.ts";

/** What is kept of a run beside its Results folder. */
const Kept = z.strictObject({ summary: RunSummary, plan: Plan });

interface Listeners {
  /** Runs began or ended to go on. */
  readonly onBusy: (busy: boolean) => void;
  readonly onProgress: (told: Payload<"run.progress">) => void;
  readonly onEnded: (summary: RunSummary) => void;
}

/** The runs of this computer's user: a folder each, with run.json and, once it is done, the Results folder. */
export class RunList {
  readonly #folder: string;
  readonly #engine: EngineHost;
  readonly #listeners: Listeners;
  readonly #stops = new Map<string, AbortController>();
  readonly #works = new Set<Promise<void>>();

  constructor(folder: string, engine: EngineHost, listeners: Listeners) {
    this.#folder = folder;
    this.#engine = engine;
    this.#listeners = listeners;
  }

  get running(): boolean {
    return this.#stops.size > 0;
  }

  /** @throws Fault results/read-only, results/disk-full */
  async start(plan: Plan, about: { datasetName: string; method: string }): Promise<string> {
    const started = new Date().toISOString();
    const run = `${started.replace(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}`;
    const summary: RunSummary = {
      run,
      datasetPath: plan.dataset.path,
      ...about,
      started,
      state: "running",
      fault: null,
      aligned: null,
    };
    try {
      await mkdir(join(this.#folder, run), { recursive: true });
      await this.#keep(summary, plan);
    } catch (error) {
      throw writingFault(error, this.#folder);
    }
    const stop = new AbortController();
    this.#stops.set(run, stop);
    this.#listeners.onBusy(true);
    const work = this.#work(summary, plan, stop.signal);
    this.#works.add(work);
    void work.finally(() => this.#works.delete(work));
    return run;
  }

  cancel(run: string): void {
    this.#stops.get(run)?.abort();
  }

  /** Cancels every run; ends when they have. */
  async cancelAll(): Promise<void> {
    for (const stop of this.#stops.values()) stop.abort();
    await Promise.all(this.#works);
  }

  /** Newest first. A run that its application left running was torn off. */
  async list(): Promise<RunSummary[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(names.map((run) => this.#read(run).catch(() => null)));
    return found
      .flatMap((kept) => (kept === null ? [] : [this.#truthful(kept.summary)]))
      .sort((a, b) => (a.started < b.started ? 1 : -1));
  }

  /** @throws Fault run/unknown */
  async summary(run: string): Promise<RunSummary> {
    const kept = await this.#read(run).catch(() => null);
    if (kept === null) throw new Fault("run/unknown", { run });
    return this.#truthful(kept.summary);
  }

  /** @throws Fault run/unknown */
  async plan(run: string): Promise<Plan> {
    const kept = await this.#read(run).catch(() => null);
    if (kept === null) throw new Fault("run/unknown", { run });
    return kept.plan;
  }

  planFile(run: string): string {
    return join(this.#folder, run, "run.json");
  }

  resultsFolder(run: string): string {
    return join(this.#folder, run, "results");
  }

  async #work(summary: RunSummary, plan: Plan, signal: AbortSignal): Promise<void> {
    const ended = await this.#attempt(summary, plan, signal, 2);
    this.#stops.delete(summary.run);
    this.#listeners.onBusy(this.running);
    // The window must hear of the end even where it can't be written down.
    await this.#keep(ended, plan).catch((error: unknown) => console.error(error));
    this.#listeners.onEnded(ended);
  }

  /** A run whose engine died goes on in the next one with the folds that are left, once. */
  async #attempt(
    summary: RunSummary,
    plan: Plan,
    signal: AbortSignal,
    attempts: number,
  ): Promise<RunSummary> {
    const { run } = summary;
    try {
      const { accuracy } = await this.#engine.call("run", [plan, this.resultsFolder(run)], {
        signal,
        onProgress: (told) => this.#listeners.onProgress({ run, progress: told as Progress }),
      });
      return { ...summary, state: "done", aligned: accuracy.aligned?.mean ?? null };
    } catch (thrown) {
      const isLost = thrown instanceof Fault && thrown.code === "engine/lost";
      if (isLost && attempts > 1 && !signal.aborted)
        return this.#attempt(summary, plan, signal, attempts - 1);
      const fault = faultMessage(
        isLost ? new Fault(signal.aborted ? "run/cancelled" : "run/kills-engine") : thrown,
      );
      return { ...summary, state: fault.code === "run/cancelled" ? "cancelled" : "failed", fault };
    }
  }

  #truthful(summary: RunSummary): RunSummary {
    if (summary.state !== "running" || this.#stops.has(summary.run)) return summary;
    return { ...summary, state: "failed", fault: faultMessage(new Fault("run/torn-off")) };
  }

  async #read(run: string): Promise<z.output<typeof Kept>> {
    return Kept.parse(JSON.parse(await readFile(this.planFile(run), "utf8")));
  }

  async #keep(summary: RunSummary, plan: Plan): Promise<void> {
    const file = this.planFile(summary.run);
    await writeFile(`${file}.part`, JSON.stringify({ summary, plan } satisfies z.input<typeof Kept>));
    await rename(`${file}.part`, file);
  }
}
