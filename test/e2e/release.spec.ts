import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { listPackage } from "@electron/asar";
import { expect, test } from "@playwright/test";
import { readFuses } from "../../build/fuses.mjs";
import { inOwnSandbox, type Startable } from "./own-sandbox.ts";

let release: string;
let startable: Startable;

test.beforeAll(async () => {
  if (process.env.CONCORD_RELEASE === undefined)
    throw new Error("pack the application first: npm test does so");
  release = process.env.CONCORD_RELEASE;
  startable = await inOwnSandbox(release);
});

interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: string[]): Promise<Ended> {
  const { program, user, env } = startable;
  const command = ["--enable-unsafe-swiftshader", `--user-data-dir=${user}`, ...args];
  const options = { env, timeout: 45_000 };
  return promisify(execFile)(program, command, options).catch((error: unknown) => error as never);
}

test("the release's fuses are set, every one that its Electron has", async () => {
  const { WasmTrapHandlers, ...others } = await readFuses(release);
  expect(others).toStrictEqual({
    RunAsNode: false,
    EnableCookieEncryption: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
  // Older Electrons have no such fuse: never off.
  expect([true, null]).toContain(WasmTrapHandlers);
});

test("the release computes in its engine and draws in its window", async () => {
  const { code, stdout } = await start("--self-test");
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({
    good: true,
    version: "0.1.0",
    engine: { kernels: "native", good: true },
    webgl: { version: expect.stringContaining("WebGL 2.0") },
  });
  expect(told.engine.singularValues[0]).toBeCloseTo(6.708203932499369, 12);
  expect(told.engine.singularValues[1]).toBeCloseTo(2.23606797749979, 12);
  expect(code).toBeUndefined();
});

test("the release is not started to be driven by another program", async () => {
  for (const argument of ["--remote-debugging-port=0", "--inspect=0"]) {
    const { code, stderr } = await start(argument, "--self-test");
    expect(stderr).toContain("Concord does not start to be debugged.");
    expect(stderr).not.toContain("listening on");
    expect(code).toBe(1);
  }
});

test("the release runs no other program's script", async () => {
  const { program, env } = startable;
  const script = 'process.stdout.write("ran as Node")';
  const nodeEnv = { ...env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "--require /nowhere.js" };
  const command = ["-e", script, "--remote-debugging-port=0"];
  const ended: Ended = await promisify(execFile)(program, command, { env: nodeEnv, timeout: 45_000 }).catch(
    (error: unknown) => error as never,
  );
  expect(ended.stdout).not.toContain("ran as Node");
  expect(ended.stderr).toContain("Concord does not start to be debugged.");
});

test("the release holds what it runs, and no sources, maps or tests", async () => {
  const resources = join(dirname(release), process.platform === "darwin" ? "../Resources" : "resources");
  expect((await readdir(resources)).filter((name) => !name.endsWith(".lproj")).sort()).toStrictEqual(
    expect.arrayContaining(["app.asar", "data", "native", "plan.schema.json"]),
  );
  expect(await readdir(resources)).not.toContain("default_app.asar");
  expect(await readdir(join(resources, "native"))).toStrictEqual(["concord.node"]);
  const inside = listPackage(join(resources, "app.asar"), { isPack: false });
  const top = new Set(inside.map((path) => path.split(/[\\/]/)[1]));
  expect([...top].sort()).toStrictEqual(["node_modules", "out", "package.json"]);
  expect(inside.filter((path) => /\.(ts|tsx|map|node)$|[\\/](test|bench)[\\/]/.test(path))).toStrictEqual([]);
});
