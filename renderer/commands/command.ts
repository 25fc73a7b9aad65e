export const groups = ["Places", "Study and runs", "Inspect", "Draw", "Help"] as const;

/** One thing a person can do from the keyboard; the keys, the tooltips and the list of shortcuts read it. */
export interface Command {
  readonly id: string;
  /** Commands that share a label are one line in the list of shortcuts. */
  readonly label: string;
  readonly group: (typeof groups)[number];
  /** As `chordOf` writes them. */
  readonly keys: readonly string[];
  applies(): boolean;
  perform(): void;
}
