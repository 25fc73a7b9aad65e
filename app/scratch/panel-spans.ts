import { type PanelFile, panelsOf } from "./panel-file.ts";

/** Panels that one task goes through, in order: from the first to the one before the last. */
export interface PanelSpan {
  readonly from: number;
  readonly to: number;
}

/** What is summed over panels is summed by spans, as many as this at most: how many workers there are changes no bit. */
const MOST_SPANS = 8;

/** A file's panels in spans of about one length, by the file alone. */
export function panelSpans(file: PanelFile): PanelSpan[] {
  const panels = panelsOf(file);
  const spans = Math.min(MOST_SPANS, panels);
  return Array.from({ length: spans }, (_, at) => ({
    from: Math.floor((at * panels) / spans),
    to: Math.floor(((at + 1) * panels) / spans),
  }));
}
