import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { temporaryFolder } from "#test/temporary-folder.ts";

const NOBODY = 65_534;

/** A packed application that can be started in its own sandbox, with a user folder of its own. */
export interface Startable {
  readonly program: string;
  readonly user: string;
  readonly env: Record<string, string>;
}

/**
 * Playwright asks for no sandbox on Linux, and root may have none: a script in between takes that argument away and, for
 * root, becomes the user nobody, with a copy that nobody can read.
 */
export async function inOwnSandbox(packed: string): Promise<Startable> {
  const folder = temporaryFolder("packed");
  const user = join(folder, "user");
  await mkdir(user);
  const { XAUTHORITY: _authority, ...environment } = process.env as Record<string, string>;
  const env = { ...environment, HOME: user, XDG_CONFIG_HOME: user, XDG_CACHE_HOME: user };
  if (process.platform !== "linux") return { program: packed, user, env };
  const asRoot = process.getuid?.() === 0;
  let program = packed;
  if (asRoot) {
    await cp(dirname(packed), join(folder, "concord"), { recursive: true });
    program = join(folder, "concord", basename(packed));
    await chmod(folder, 0o755);
    await chmod(user, 0o777);
  }
  const become = asRoot ? `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups -- ` : "";
  const script = join(folder, "start.sh");
  const keep = 'for one; do shift; [ "$one" = --no-sandbox ] || set -- "$@" "$one"; done';
  await writeFile(script, `#!/bin/sh\n${keep}\nexec ${become}"${program}" "$@"\n`, { mode: 0o755 });
  return { program: script, user, env };
}
