import { rm } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import type {} from "#renderer/bridge.ts";
import { tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { enginePid, launch } from "./launch.ts";

let study: string;

test.beforeAll(async () => {
  study = await writeStudy(tinyStudy());
});

test.afterAll(async () => {
  await rm(study, { recursive: true });
});

test("the page has three functions, no Node, and nowhere to go", async () => {
  const { app, page } = await launch();
  expect(await page.evaluate(() => Object.keys(window.bridge).sort())).toStrictEqual([
    "call",
    "on",
    "pathFor",
  ]);
  expect(await page.evaluate(() => "require" in window || "process" in window)).toBe(false);
  expect(await page.evaluate(() => window.open("https://example.org"))).toBeNull();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return contents && Reflect.get(contents, "getLastWebPreferences").call(contents);
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  const before = page.url();
  await page.evaluate(() => {
    location.href = "https://example.org";
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(before);
  for (const address of ["file:///etc/passwd", "https://example.org", "volume://00/background"]) {
    const got = await page.evaluate(
      (url) =>
        fetch(url).then(
          ({ status }) => status,
          () => "refused",
        ),
      address,
    );
    expect(["refused", 404]).toContain(got);
  }
  expect(
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.head.append(script);
      return "injected" in window;
    }),
  ).toBe(false);
  expect(
    await page.evaluate(async () => (await navigator.permissions.query({ name: "geolocation" })).state),
  ).toBe("denied");
  await app.close();
});

test("nothing goes to the network, whoever asks", async () => {
  const { app } = await launch();
  const told = await app.evaluate(({ net }) =>
    Promise.all(
      ["https://example.org/", "http://127.0.0.1:9/"].map((address) =>
        net.fetch(address).then(
          () => "answered",
          (error: unknown) => String(error),
        ),
      ),
    ),
  );
  expect(told).toStrictEqual(new Array(2).fill("Error: net::ERR_BLOCKED_BY_CLIENT"));
  await app.close();
});

test("odd calls are refused in words and leave the application well", async () => {
  const { app, page } = await launch();
  const call = (name: string, input: unknown) =>
    page
      .evaluate(([n, i]) => Reflect.apply(window.bridge.call, null, [n, i]), [name, input] as const)
      .then(
        (reply: unknown) => reply,
        (error: unknown) => String(error),
      );
  expect(await call("dataset.open", { path: study, extra: 1 })).toMatchObject({
    ok: false,
    fault: { code: "call/refused" },
  });
  expect(await call("dataset.examine", { grant: "0".repeat(32) })).toMatchObject({
    ok: false,
    fault: { code: "call/refused" },
  });
  expect(await call("run.read", { run: "none" })).toMatchObject({
    ok: false,
    fault: { code: "run/unknown" },
  });
  expect(await call("shell.run", {})).toContain("No such call");
  expect(await call("dataset.open", { path: study })).toMatchObject({ ok: true });
  await app.close();
});

test("a crash of the engine is told, and a new one answers within three seconds", async () => {
  const { app, page } = await launch();
  await page.evaluate(() => {
    const told: string[] = [];
    Reflect.set(window, "told", told);
    window.bridge.on("engine.lost", (payload) => {
      told.push(String(Reflect.get(Object(payload), "text")));
    });
    window.bridge.on("engine.ready", () => {
      told.push("ready");
    });
  });
  expect(await page.evaluate((path) => window.bridge.call("dataset.open", { path }), study)).toMatchObject({
    ok: true,
  });
  const engine = await enginePid(app);
  process.kill(engine, "SIGKILL");
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, "told").slice(-2)), { timeout: 3000 })
    .toStrictEqual([expect.stringContaining("The calculation engine stopped."), "ready"]);
  expect(await page.evaluate((path) => window.bridge.call("dataset.open", { path }), study)).toMatchObject({
    ok: true,
  });
  await app.close();
});
