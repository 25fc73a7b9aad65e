import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/** What programs are told of the environment: where things are, the person's own folder and language, proxies. */
const PASSED = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "HOMEDRIVE",
  "HOMEPATH",
  "APPDATA",
  "LOCALAPPDATA",
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "COMSPEC",
  "PATHEXT",
  "TMPDIR",
  "TEMP",
  "TMP",
  "XDG_CONFIG_HOME",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
];

/** The path of an installed program; null where there is none. Only absolute folders of PATH count. */
export async function installedProgram(name: string): Promise<string | null> {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  for (const folder of (process.env.PATH ?? "").split(delimiter).filter(isAbsolute)) {
    const path = join(folder, file);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** git's settings as it takes them from the environment, which win over those of every file. */
export function gitSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings);
  return {
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GIT_SSH_COMMAND: "ssh -o BatchMode=yes",
    GIT_LFS_SKIP_SMUDGE: "1",
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
  };
}

/**
 * Runs a program with an argument vector, never a shell, and a cut-down environment. Its lines (of both outputs, also
 * those that end in a carriage return) go to `onLine`. True where it ended well.
 * @throws the signal's reason when aborted
 */
export async function runInstalled(
  program: string,
  args: readonly string[],
  {
    cwd,
    env,
    onLine,
    signal,
  }: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly onLine?: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<boolean> {
  signal?.throwIfAborted();
  const passed = Object.entries(process.env).filter(([name]) => PASSED.includes(name.toUpperCase()));
  const child = spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(passed), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    windowsHide: true,
    // A group of its own, so that what it started ends with it.
    detached: process.platform !== "win32",
  });
  const stop = () => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === "win32") child.kill();
      else process.kill(-child.pid, "SIGTERM");
    } catch {
      // It has ended by itself.
    }
  };
  signal?.addEventListener("abort", stop, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split(/[\r\n]/);
      // No program here writes a line without an end.
      rest = (lines.pop() ?? "").slice(0, 64 * 1024);
      for (const line of lines) onLine?.(line);
    });
  }
  const ended = await new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  return ended;
}
