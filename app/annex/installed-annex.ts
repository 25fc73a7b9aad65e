import type { AddressRules } from "./address-rules.ts";
import { type GitConfig, settingOf } from "./git-config.ts";
import { gitSettings, installedProgram, runInstalled } from "./installed-program.ts";
import { pathWithin, type Repository } from "./repository.ts";

/**
 * Lets an installed git-annex get a file that Concord can't get by itself: over ssh, with a person's own credentials.
 * It is not run where the repository's config could make git run something (a folder may be a stranger's), and gets no
 * hooks; nor where git-annex was never used, which would make it enable what the dataset asks for. False where it is not
 * installed, may not be run, or could not get it.
 * @throws the signal's reason when aborted
 */
export async function getByGitAnnex(
  repository: Repository,
  path: string,
  rules: AddressRules,
  signal?: AbortSignal,
): Promise<boolean> {
  const gitAnnex = await installedProgram("git-annex");
  const used = settingOf(repository.config, "annex.uuid") !== null;
  if (gitAnnex === null || !used || !isHarmless(repository.config)) return false;
  const env = gitSettings({ ...annexSettings(rules), "protocol.ssh.allow": "always" });
  const args = ["get", "--quiet", "--", `./${pathWithin(repository, path)}`];
  return runInstalled(gitAnnex, args, { cwd: repository.root, env, signal });
}

/** What git-annex is held to: no hooks, the web alone, and no address of this machine or a private network. */
export function annexSettings({ allowLoopback }: AddressRules): Record<string, string> {
  return {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "protocol.allow": "never",
    "protocol.http.allow": "always",
    "protocol.https.allow": "always",
    "annex.security.allowed-url-schemes": "http https",
    "annex.security.allowed-ip-addresses": allowLoopback ? "127.0.0.1 [::1]" : "",
  };
}

/** Settings that git, git-annex and DataLad write into every clone; any other might name a program to run. */
const HARMLESS: readonly RegExp[] = [
  /^core\.(repositoryformatversion|filemode|bare|logallrefupdates|symlinks|ignorecase|precomposeunicode|longpaths|autocrlf|eol)$/,
  /^remote\..*\.(url|pushurl|fetch|annex-uuid|annex-ignore|annex-cost|annex-readonly|annex-config-uuid|annex-bare|annex-s3)$/s,
  /^branch\..*\.(remote|merge)$/s,
  /^annex\.(uuid|version|crippledfilesystem|pidlock|thin|dotfiles|adjustedbranchrefresh|backend|backends|security\.allowed-ip-addresses)$/,
  /^annex\.tune\.[a-z0-9]+$/,
  /^submodule\..*\.(url|active)$/s,
  /^submodule\.active$/,
  /^datalad\..*$/s,
  /^user\.(name|email)$/,
];

const FILTERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["filter.annex.smudge", ["git-annex smudge -- %f", "git-annex smudge %f"]],
  ["filter.annex.clean", ["git-annex smudge --clean -- %f", "git-annex smudge --clean %f"]],
  ["filter.annex.process", ["git-annex filter-process"]],
]);

/** Whether nothing in a repository's own config makes git or git-annex run a program of its choice. */
export function isHarmless(config: GitConfig): boolean {
  return [...config].every(([name, values]) => {
    const filters = FILTERS.get(name);
    if (filters !== undefined) return values.every((value) => filters.includes(value));
    if (!HARMLESS.some((known) => known.test(name))) return false;
    const address = /^remote\..*\.(url|pushurl)$/s.test(name);
    return !address || values.every((value) => /^(https?:\/\/|ssh:\/\/|[\w.-]+@[\w.-]+:)[^-]/i.test(value));
  });
}
