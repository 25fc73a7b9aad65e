import { _electron, type ElectronApplication } from "@playwright/test";
import { inOwnSandbox } from "./own-sandbox.ts";

/** The packed application in its own sandbox. */
export async function launchPacked(packed: string): Promise<ElectronApplication> {
  const { program, user, env } = await inOwnSandbox(packed);
  const args = ["--enable-unsafe-swiftshader", `--user-data-dir=${user}`];
  return _electron.launch({ executablePath: program, args, env });
}
