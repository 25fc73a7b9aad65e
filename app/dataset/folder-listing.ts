import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { leavesFolder, whereLeads } from "./folder-border.ts";

export interface ListedFile {
  readonly path: string;
  /** The path's last part, as the disk spells it. */
  readonly fileName: string;
  /** Whether it is a link to a file that is not there: git-annex leaves such until a file is fetched. */
  readonly absent: boolean;
  /** Of what is absent, how large it will be; null where nothing says. */
  readonly sizeBytes: number | null;
  /** Whether it is a link that leaves the folder: it is not read. */
  readonly stray: boolean;
}

export interface FolderListing {
  readonly files: readonly ListedFile[];
  /** Folders that were to be listed and weren't. */
  readonly problems: readonly Problem[];
}

/** A study has fewer; a whole disk that was chosen by mistake has more. */
const most = 200_000;

/**
 * The files of a folder and of those folders below it that `enter` names, down to `deepest`.
 * @throws Fault dataset/not-found
 */
export async function listFolder(
  root: string,
  deepest: number,
  enter: (folderName: string) => boolean,
): Promise<FolderListing> {
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) throw new Fault("dataset/not-found", { path: root });
  const real = await realpath(root);
  const files: ListedFile[] = [];
  const problems: Problem[] = [];
  const linked = new Set([real]);

  async function walk(folder: string, depth: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) problems.push(unlisted(folder, "it can't be read"));
    await Promise.all((entries ?? []).map((entry) => look(folder, entry, depth)));
  }

  async function look(folder: string, entry: Dirent, depth: number): Promise<void> {
    if (files.length >= most) return;
    const path = join(folder, entry.name);
    const plain = entry.isFile() || entry.isDirectory();
    const leads = plain ? "inside" : await whereLeads(real, path);
    // A placeholder of a cloud's folder is neither file, folder nor link to some systems: what it stands for is asked.
    const kind: Dirent | Stats | null = plain ? entry : await stat(path).catch(() => null);
    if (kind === null || kind.isFile()) {
      files.push({
        path,
        fileName: entry.name,
        absent: kind === null,
        sizeBytes: null,
        stray: leads === "outside",
      });
    } else if (kind.isDirectory() && depth < deepest && enter(entry.name)) {
      if (leads === "outside") problems.push(unlisted(path, leavesFolder));
      else if (plain || (await isNew(path))) await walk(path, depth + 1);
    }
  }

  /** A folder that links lead to is listed once: they may go round in a circle. */
  async function isNew(path: string): Promise<boolean> {
    const target = await realpath(path).catch(() => real);
    if (linked.has(target)) return false;
    linked.add(target);
    return true;
  }

  await walk(root, 0);
  if (files.length >= most) {
    const text = `There are more than ${most} files. Those beyond were not looked at.`;
    problems.push({ severity: "warning", text });
  }
  return { files, problems };
}

function unlisted(path: string, why: string): Problem {
  return {
    severity: "warning",
    text: `The folder ${path} was passed over: ${why}. Its images are left out.`,
  };
}
