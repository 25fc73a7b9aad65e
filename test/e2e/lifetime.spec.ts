import { execFile } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import type {} from "#renderer/bridge.ts";
import { tinyPlan, tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { commandFor, enginePid, launch, newUser } from "./launch.ts";

test("a second start shows the window of the first and ends", async () => {
  const user = newUser();
  const { app } = await launch(user);
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(true);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toBe(false);
  const { executable, args } = await commandFor(user);
  await promisify(execFile)(executable, args, { timeout: 20_000 });
  await expect.poll(isVisible).toBe(true);
  await app.close();
});

test("closing asks while a run goes on, waits for no engine that hangs, and the next start says what was torn off", async () => {
  const user = newUser();
  const study = await writeStudy(tinyStudy());
  const { app, page } = await launch(user);
  // Answered by the engine, so that it is up.
  await page.evaluate((path) => window.bridge.call("dataset.open", { path }), study);
  const asked = await app.evaluateHandle(({ dialog }) => {
    const answers = [0, 1];
    const heard: string[] = [];
    dialog.showMessageBoxSync = (...given: unknown[]) => {
      heard.push(String(Reflect.get(Object(given.at(-1)), "message")));
      return answers.shift() ?? 1;
    };
    return heard;
  });
  const engine = await enginePid(app);
  await page.evaluate(
    // The schema of the call checks the Plan.
    (plan) => Reflect.apply(window.bridge.call, null, ["run.start", { plan }]),
    tinyPlan(study),
  );
  // It hears nothing any more: the run neither ends nor can be cancelled.
  process.kill(engine, "SIGSTOP");
  try {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await asked.jsonValue()).toStrictEqual(["A run is still going."]);
    expect(app.windows()).toHaveLength(1);
    const ended = once(app.process(), "exit", { signal: AbortSignal.timeout(15_000) });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await ended;
  } finally {
    process.kill(engine, "SIGKILL");
  }
  const again = await launch(user);
  const listed = await again.page.evaluate(() => window.bridge.call("run.list", {}));
  expect(listed).toMatchObject({
    ok: true,
    value: [{ state: "failed", fault: { text: "Concord ended while this run was going. Start it again." } }],
  });
  await again.app.close();
  await rm(study, { recursive: true });
});
