import { resolve } from "node:path";
import type { Command } from "commander";
import { knownDataset } from "#app/annex/known-datasets.ts";
import type { AnnexFile, AnnexStatus, FetchProgress } from "#app/contract/annex.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Engine } from "#app/run/engine.ts";
import { interruption } from "./interruption.ts";
import { ProgressLine } from "./progress-line.ts";
import type { WithEngine } from "./with-engine.ts";

/** The commands that download: clone and get. */
export function addAnnexCommands(program: Command, withEngine: WithEngine): void {
  program
    .command("clone")
    .description("clone a git-annex or DataLad dataset: all but its large files, which get fetches")
    .argument("<dataset>", "a web address, a number of OpenNeuro (ds001132), or Sherlock")
    .argument("<folder>", "a new or empty folder")
    .option("--json", "one JSON object on standard output")
    .action(async (name: string, folder: string, { json }: { json?: boolean }) => {
      const known = knownDataset(name);
      if (known !== null && !json) console.log(`${known.description}\n${known.terms}\n`);
      await withEngine(1, async (engine) => {
        const line = new ProgressLine(json);
        await engine
          .clone(
            { url: known?.url ?? name, folder: resolve(folder) },
            {
              signal: interruption(),
              onProgress: ({ phase, done, total }) =>
                line.show(`${phase}${total === null ? "" : ` ${Math.floor((100 * done) / total)} %`}`),
            },
          )
          .finally(() => line.end());
        const status = await engine.status(resolve(folder));
        console.log(json ? JSON.stringify(status) : statusTable(status));
      });
    });

  program
    .command("get")
    .description("download files of a git-annex or DataLad dataset; begun downloads are gone on with")
    .argument("<dataset>", "its folder")
    .argument("[subjects...]", "as sub-01 or 01; all files without one")
    .option("--match <text>", "only files whose path holds this text")
    .option("--list", "say what is there and what is not, and download nothing")
    .option("--verify", "read what is there too, and fetch what is not what it should be")
    .option("--json", "one JSON object on standard output")
    .action(async (folder: string, subjects: string[], options: GetOptions) => {
      await withEngine(1, (engine) => get(engine, resolve(folder), subjects, options));
    });
}

interface GetOptions {
  readonly match?: string;
  readonly list?: boolean;
  readonly verify?: boolean;
  readonly json?: boolean;
}

async function get(engine: Engine, folder: string, subjects: string[], options: GetOptions): Promise<void> {
  const { match = "", list = false, verify = false, json = false } = options;
  const status = await engine.status(folder);
  if (list) {
    console.log(json ? JSON.stringify(status) : statusTable(status));
    return;
  }
  const wanted = subjects.map((name) => (name.startsWith("sub-") ? name : `sub-${name}`));
  const known = status.subjects.map(({ subject }) => subject);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Fault("dataset/unknown-name", { name: unknown, known: known.join(", ") });
  const isWanted = ({ subject, path }: AnnexFile) =>
    (wanted.length === 0 || (subject !== null && wanted.includes(subject))) && path.includes(match);
  const line = new ProgressLine(json);
  const outcome = await engine
    .fetch(
      { dataset: folder, paths: status.files.filter(isWanted).map(({ path }) => path), verify },
      { signal: interruption(), onProgress: (progress) => line.show(fetchLine(progress)) },
    )
    .finally(() => line.end());
  const { fetched, present, failed } = outcome;
  if (json) console.log(JSON.stringify(outcome));
  else {
    console.log(
      `${fetched.length} files fetched, ${present.length} were there, ${failed.length} can't be had`,
    );
    for (const { text } of failed) console.log(`  ${text}`);
  }
  if (failed.length > 0) process.exitCode = 1;
}

function fetchLine({ path, doneFiles, totalFiles, doneBytes, totalBytes, ...rest }: FetchProgress): string {
  const rate = rest.bytesPerSecond === null ? "" : `, ${size(rest.bytesPerSecond)}/s`;
  const left = rest.remainingSeconds === null ? "" : `, about ${Math.ceil(rest.remainingSeconds)} s left`;
  const name = path.split("/").at(-1) ?? "";
  return `${Math.min(doneFiles + 1, totalFiles)} of ${totalFiles}, ${size(doneBytes)} of ${size(totalBytes)}${rate}${left}: ${name}`;
}

function statusTable({
  subjects,
  files,
  uninstalled,
  totalBytes,
  missingBytes,
  freeBytes,
}: AnnexStatus): string {
  const present = files.filter(({ state }) => state === "present").length;
  return [
    `${present} of ${files.length} files are there; ${size(missingBytes)} of ${size(totalBytes)} to download, ${size(freeBytes)} free`,
    ...subjects.map(
      (one) =>
        `  ${one.subject}: ${one.presentFiles} of ${one.files} files, ${size(one.missingBytes)} of ${size(one.totalBytes)} to download`,
    ),
    ...uninstalled.map((path) => `  ${path}: a dataset of its own that is not installed`),
  ].join("\n");
}

function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
