import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadLinalg, nativeFile } from "#app/linalg/load.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const project = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

describe("loading the kernels", () => {
  let root: string;

  beforeEach(() => {
    root = temporaryFolder("kernels");
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    Reflect.deleteProperty(process, "resourcesPath");
  });

  test("gives the portable ones where they are forced", () => {
    vi.stubEnv("CONCORD_KERNELS", "portable");
    expect(loadLinalg(project).name).toBe("portable");
  });

  test("gives the portable ones, without a word, where no addon lies", () => {
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(loadLinalg(root).name).toBe("portable");
    expect(warning).not.toHaveBeenCalled();
  });

  test("gives the portable ones and says so where the addon does not load", () => {
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const file = nativeFile(root);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "not an addon");
    expect(loadLinalg(root).name).toBe("portable");
    expect(warning.mock.calls[0]?.[0]).toContain("The native kernels do not load");
  });

  test("looks among the resources of a packaged app first", () => {
    Reflect.set(process, "resourcesPath", root);
    expect(nativeFile(project)).not.toContain(root);
    const file = join(root, "native", "concord.node");
    mkdirSync(dirname(file));
    writeFileSync(file, "");
    expect(nativeFile(project)).toBe(file);
  });
});
