/** The settings of a git config file: "remote.origin.url" → its values in order (git-config(1), "Syntax"). */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the text of a config file. Section and variable are in lower case, a subsection as it stands. Lines that are
 * no setting are passed over; includes are not followed, and are seen as "include.path".
 */
export function parseGitConfig(text: string): GitConfig {
  const settings = new Map<string, string[]>();
  let section = "";
  for (const line of text.replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    const heading = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(line);
    if (heading !== null) {
      const sub = heading[2]?.replace(/\\(.)/g, "$1");
      section = (heading[1] ?? "").toLowerCase() + (sub === undefined ? "" : `.${sub}`);
    }
    const setting = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=(.*))?$/.exec(heading?.[3] ?? line);
    if (section === "" || setting === null) continue;
    const name = `${section}.${(setting[1] ?? "").toLowerCase()}`;
    const values = settings.get(name) ?? [];
    values.push(setting[2] === undefined ? "true" : unquoted(setting[2]));
    settings.set(name, values);
  }
  return settings;
}

/** The last value of a setting, which is the one that counts. */
export function settingOf(config: GitConfig, name: string): string | null {
  return config.get(name)?.at(-1) ?? null;
}

export function isTrue(value: string | null): boolean {
  return value !== null && /^(true|yes|on|1)$/i.test(value);
}

/** The names of a section's subsections: of "remote" the remotes, in order. */
export function subsections(config: GitConfig, section: string): string[] {
  const names = [...config.keys()]
    .filter((name) => name.startsWith(`${section}.`) && name.lastIndexOf(".") > section.length)
    .map((name) => name.slice(section.length + 1, name.lastIndexOf(".")));
  return [...new Set(names)];
}

function unquoted(raw: string): string {
  let value = "";
  let quoted = false;
  let solid = 0;
  const text = raw.trimStart();
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? "";
    if (letter === '"') {
      quoted = !quoted;
      solid = value.length;
      continue;
    }
    if (!quoted && (letter === "#" || letter === ";")) break;
    if (letter === "\\") {
      const next = text[++i] ?? "";
      value += ({ n: "\n", t: "\t", b: "\b" } as Record<string, string>)[next] ?? next;
    } else value += letter;
    if (quoted || !/\s/.test(letter)) solid = value.length;
  }
  return value.slice(0, solid);
}
