import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElectronApplication } from "@playwright/test";
import { sherlock } from "./launch.ts";

/** A run that its application left going when it was torn off. */
export async function leaveTornRun(app: ElectronApplication): Promise<void> {
  const user = await app.evaluate(({ app: electron }) => electron.getPath("userData"));
  const run = "2026-01-02T03-04-05-678Z-0123abcd";
  const events = { kind: "events", shiftSeconds: 0 };
  const summary = {
    run,
    datasetName: "a-study-with-a-name-that-is-longer-than-any-column-of-a-list-can-be",
    datasetPath: sherlock,
    method: "Hyperalignment",
    started: "2026-01-02T03:04:05.678Z",
    state: "running",
    fault: null,
  };
  const plan = {
    version: 1,
    dataset: { path: sherlock },
    region: { kind: "brain" },
    samples: { align: { kind: "volumes" }, classify: events },
    method: { name: "hyperalignment" },
    protocol: { name: "leave-one-run-out" },
    classifier: { name: "linear-svm" },
  };
  await mkdir(join(user, "runs", run), { recursive: true });
  await writeFile(join(user, "runs", run, "run.json"), JSON.stringify({ summary, plan }));
}
