import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileState } from "#app/annex/file-state.ts";
import { repositoryOf } from "#app/annex/repository.ts";
import { uninstalledSubdatasets } from "#app/annex/uninstalled-subdatasets.ts";
import type { Problem } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { leavesFolder, whereLeads } from "./folder-border.ts";
import { imageExtension } from "./formats.ts";

export interface ListedFile {
  readonly path: string;
  /** The path's last part, as the disk spells it. */
  readonly fileName: string;
  /** Whether the content is not here: git-annex leaves a link to nothing, or a text, until a file is fetched. */
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
 * The files of a folder and of those folders below it that `enter` names, down to `deepest`; no further once one is
 * `enough`.
 * @throws Fault dataset/not-found
 */
export async function listFolder(
  root: string,
  deepest: number,
  enter: (folderName: string) => boolean,
  enough: (file: ListedFile) => boolean = () => false,
): Promise<FolderListing> {
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) throw new Fault("dataset/not-found", { path: root });
  const real = await realpath(root);
  const repository = await repositoryOf(root);
  const files: ListedFile[] = [];
  const problems: Problem[] = [];
  const linked = new Set([real]);
  let done = false;

  async function walk(folder: string, depth: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) problems.push(unlisted(folder, "it can't be read"));
    await Promise.all((entries ?? []).map((entry) => look(folder, entry, depth)));
  }

  async function look(folder: string, entry: Dirent, depth: number): Promise<void> {
    if (done || files.length >= most) return;
    const path = join(folder, entry.name);
    const plain = entry.isFile() || entry.isDirectory();
    const leads = plain ? "inside" : await whereLeads(real, path);
    // A placeholder of a cloud's folder is neither file, folder nor link to some systems: what it stands for is asked.
    const kind: Dirent | Stats | null = plain ? entry : await stat(path).catch(() => null);
    if (kind === null || kind.isFile()) {
      const file = await listed(path, entry.name, kind === null, leads === "outside");
      files.push(file);
      done ||= enough(file);
    } else if (kind.isDirectory() && depth < deepest && enter(entry.name)) {
      if (leads === "outside") problems.push(unlisted(path, leavesFolder));
      else if (plain || (await isNew(path))) await walk(path, depth + 1);
    }
  }

  /** A file as it is listed: what stands in an image's place may be no more than its name in git-annex. */
  async function listed(
    path: string,
    fileName: string,
    isLink: boolean,
    stray: boolean,
  ): Promise<ListedFile> {
    const held = isLink || (!stray && mayBeHeldBack(fileName));
    const state = held ? await fileState(path, repository) : null;
    const isHere = state === null ? !isLink : state.contentPath !== null;
    return {
      path: state?.contentPath ?? path,
      fileName,
      absent: !isHere,
      sizeBytes: isHere ? null : (state?.sizeBytes ?? null),
      stray,
    };
  }

  /** Images, and in a repository the tables beside them. */
  function mayBeHeldBack(fileName: string): boolean {
    return imageExtension(fileName) !== null || (repository !== null && /\.(tsv|csv|xlsx)$/i.test(fileName));
  }

  /** A folder that links lead to is listed once: they may go round in a circle. */
  async function isNew(path: string): Promise<boolean> {
    const target = await realpath(path).catch(() => real);
    if (linked.has(target)) return false;
    linked.add(target);
    return true;
  }

  await walk(root, 0);
  // A search that stops at the first image has no use for it.
  if (repository !== null && !done)
    problems.push(...uninstalled(await uninstalledSubdatasets(repository, root)));
  if (files.length >= most) {
    const text = `There are more than ${most} files. Those beyond were not looked at.`;
    problems.push({ severity: "warning", text });
  }
  return { files, problems };
}

function uninstalled(folders: readonly string[]): Problem[] {
  return folders.map((folder) => ({
    severity: "note",
    text: `${folder} is a dataset of its own that is not installed, so what it holds is not known. Install it with “datalad get -n ${folder}”, and open the folder again.`,
  }));
}

function unlisted(path: string, why: string): Problem {
  return {
    severity: "warning",
    text: `The folder ${path} was passed over: ${why}. Its images are left out.`,
  };
}
