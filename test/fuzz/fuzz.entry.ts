/**
 * `npm run fuzz`: changes the files of ../shared/data/fixtures at random, opens each, and fails at the first that ends in
 * anything but an image or a fault of the table: a crash, more than two seconds, or more memory than the cap. A child
 * process does the opening, so that its parent outlives it and can tell which change it was.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { attempt } from "./attempt.ts";
import { mutate, randomFrom } from "./mutations.ts";
import { pickSeed, seedsIn } from "./seeds.ts";

const LIMIT_MS = 2000;
const CAP_BYTES = 512 * 2 ** 20;
/** A child is replaced after so many, or memory that one kept would be blamed on another. */
const PER_CHILD = 20_000;

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    from: { type: "string", default: "0" },
  },
});
const root = process.env.CONCORD_ROOT ?? process.cwd();
const seeds = seedsIn(join(root, "..", "shared", "data", "fixtures")).filter(({ name }) =>
  name.includes(options.only),
);

/** What the child says of each: refused or read; or what went wrong. */
interface Told {
  readonly at: number;
  readonly outcome: "read" | "refused" | "wrong";
  readonly text?: string;
}

function changed(at: number): { name: string; bytes: Buffer } {
  const random = randomFrom(Number(options.seed) * 1_000_003 + at);
  const { name, bytes } = pickSeed(seeds, random());
  return { name, bytes: mutate(bytes, random) };
}

if (process.send === undefined) await watch();
else process.on("message", ({ from, to }: { from: number; to: number }) => void work(from, to));

async function work(from: number, to: number): Promise<void> {
  const folder = temporaryFolder("fuzz");
  const tell = (told: Told) => process.send?.(told);
  for (let at = from; at < to; at++) {
    const { name, bytes } = changed(at);
    try {
      const fault = await attempt(folder, name, bytes);
      const peak = process.resourceUsage().maxRSS * 1024;
      if (peak > CAP_BYTES) tell({ at, outcome: "wrong", text: `it took ${peak} bytes of memory` });
      else tell({ at, outcome: fault === null ? "read" : "refused" });
    } catch (error) {
      tell({ at, outcome: "wrong", text: error instanceof Error ? String(error.stack) : String(error) });
    }
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

/** Runs blocks one after the other; the first failure is kept as a file and ends all. */
async function watch(): Promise<void> {
  const first = Number(options.from);
  const last = first + Number(options.count);
  const counts = { read: 0, refused: 0, slow: 0 };
  const started = Date.now();
  for (let from = first; from < last; ) {
    const to = Math.min(last, from + PER_CHILD);
    const { next, failure } = await block(from, to, counts);
    if (failure !== null) return fail(next, failure);
    from = next;
    console.log(`${from - first} of ${last - first}: ${counts.read} read, ${counts.refused} refused`);
  }
  const seconds = (Date.now() - started) / 1000;
  console.log(`nothing but images and faults, ${seconds.toFixed(0)} s; ${counts.slow} took a second try`);
}

interface Ended {
  readonly next: number;
  readonly failure: string | null;
}

/** One child's work from `from` on; a change that is slow is tried once more alone, for the machine may have been busy. */
async function block(
  from: number,
  to: number,
  counts: { read: number; refused: number; slow: number },
): Promise<Ended> {
  const ended = await child(from, to, counts);
  if (ended.failure !== "hang") return ended;
  counts.slow++;
  const again = await child(ended.next, ended.next + 1, counts);
  return again.failure === null ? again : { ...again, failure: "it took more than two seconds, twice" };
}

function child(from: number, to: number, counts: { read: number; refused: number }): Promise<Ended> {
  return new Promise((resolve) => {
    const one: ChildProcess = fork(process.argv[1] as string, process.argv.slice(2), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let next = from;
    let errors = "";
    let failure: string | null = null;
    let timer: NodeJS.Timeout | undefined;
    const arm = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        failure = "hang";
        one.kill("SIGKILL");
      }, ms);
    };
    one.stderr?.on("data", (text) => {
      errors = (errors + text).slice(-4000);
    });
    // Starting a process takes a while of its own.
    arm(10 * LIMIT_MS);
    one.on("message", ({ at, outcome, text }: Told) => {
      next = at + 1;
      if (outcome === "wrong") {
        next = at;
        failure = text ?? "";
        one.kill("SIGKILL");
      } else counts[outcome]++;
      arm(LIMIT_MS);
    });
    one.on("exit", (code) => {
      clearTimeout(timer);
      if (failure === null && (code !== 0 || next < to))
        failure = `the process ended with ${code}: ${errors}`;
      resolve({ next, failure });
    });
    one.send({ from, to });
  });
}

function fail(at: number, failure: string): void {
  const { name, bytes } = changed(at);
  const folder = join(root, "out", "fuzz", "failures");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${at}-${name}`), bytes);
  console.error(`change ${at} of ${name} (seed ${options.seed}), kept in out/fuzz/failures:\n${failure}`);
  process.exit(1);
}
