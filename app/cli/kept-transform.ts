import type { Command } from "commander";

/** Whose transform of a run a command is about. */
export interface KeptTransform {
  readonly subject: string;
  /** The first without it. */
  readonly fold?: string;
}

/** Gives a command the argument and options that name a kept transform of a run. */
export function ofKeptTransform(command: Command): Command {
  return command
    .argument("<results>", "a Results folder whose Plan had keepTransforms")
    .requiredOption("--subject <name>", "the subject: sub-03")
    .option("--fold <name>", "the fold; the first without it");
}
