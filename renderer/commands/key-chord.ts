/** What of a key press makes a chord. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** Some layouts reach [ and ] with AltGr, which Windows also tells as Ctrl and Alt. */
  readonly altGraph: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowDown: "↓",
  ArrowUp: "↑",
  PageDown: "PgDn",
  PageUp: "PgUp",
  Escape: "Esc",
};

/** "Mod+o", "Mod+Shift+o", "Shift+ArrowLeft", "?": Mod is Ctrl or Cmd; Shift counts only where it does not make another character. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey, altGraph }: Press): string {
  const named = key.length > 1;
  const mod = (ctrlKey || metaKey) && !altGraph;
  const parts = [
    mod ? "Mod" : "",
    altKey && !altGraph ? "Alt" : "",
    shiftKey && (named || (mod && /[a-z]/i.test(key))) ? "Shift" : "",
    named ? key : key.toLowerCase(),
  ];
  return parts.filter((part) => part !== "").join("+");
}

/** A chord in words, a key each. */
export function chordWords(chord: string, mac: boolean): string[] {
  return chord.split("+").map((part) => {
    if (part === "Mod") return mac ? "⌘" : "Ctrl";
    return NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
