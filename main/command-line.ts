import { createRequire } from "node:module";
import { join } from "node:path";
import { app } from "electron";
import { places } from "#main/places.ts";

/** Whether the application was started as a command line: its arguments after `--cli`. */
export function commandLineArguments(): readonly string[] | null {
  const at = process.argv.indexOf("--cli");
  return at < 0 ? null : process.argv.slice(at + 1);
}

/** Runs the command line in this process, without a window, and ends with its code. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const { root, data } = places();
  process.env.CONCORD_ROOT = root;
  process.env.CONCORD_DATA = data;
  process.argv = [process.execPath, ...args];
  Reflect.deleteProperty(process, "defaultApp");
  const { finished } = createRequire(__filename)(join(root, "out", "node", "cli.cjs")) as {
    finished: Promise<void>;
  };
  await finished;
  app.exit(Number(process.exitCode ?? 0));
}
