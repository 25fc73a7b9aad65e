/** Whose image a file is, as far as its name tells. */
export interface NamePlace {
  readonly subject: string;
  readonly run: string;
}

export interface ToldNames {
  /** In the order of the names; no two are the same. */
  readonly places: readonly NamePlace[];
  /** Whether the names tell it: else each file is taken for a subject. */
  readonly told: boolean;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const subjectWords = /^(sub|subj|subject|s|p|pp|vp|participant|id)$/i;
const runWords = /^(ses|session|run|r|part|task|movie|scan|block|video)$/i;
export const onlyRun = "run-1";

/**
 * Tells subjects and runs by what varies in the names of images (relative paths without their endings, with forward
 * slashes): a number or word after "sub", "s", "P" … is a subject's, after "run", "session" … a run's; one thing that
 * varies is the subject; of two the first, where every subject has every run.
 */
export function tellNames(names: readonly string[]): ToldNames {
  const split = names.map(tokensOf);
  const alike = new Set(split.map((tokens) => tokens.map(kindOf).join(""))).size === 1;
  const places = (alike ? byTokens(names, split) : null) ?? byFolders(names);
  if (places !== null && areDistinct(places)) return { places, told: true };
  return { places: trimmed(names).map((subject) => ({ subject, run: onlyRun })), told: names.length === 1 };
}

/** Runs of letters, runs of digits and slashes. */
function tokensOf(name: string): Token[] {
  return [...name.matchAll(/\d+|[\p{L}\p{M}]+|\//gu)].map((match) => {
    return { text: match[0], start: match.index, end: match.index + match[0].length };
  });
}

function kindOf({ text }: Token): string {
  return text === "/" ? "/" : /^\d/.test(text) ? "0" : "a";
}

/** Of names that are put together in one way; null where that does not tell. */
function byTokens(names: readonly string[], split: readonly (readonly Token[])[]): NamePlace[] | null {
  const [first = []] = split;
  const varies = first.map(({ text }, at) => split.some((tokens) => tokens[at]?.text !== text));
  const keyed = (at: number, words: RegExp): boolean =>
    at > 0 && varies[at] === true && varies[at - 1] === false && words.test(first[at - 1]?.text ?? "");
  const places = first.map((_, at) => at).filter((at) => varies[at]);
  if (places.length === 0) return null;
  const subjectKeyed = places.filter((at) => keyed(at, subjectWords));
  // "movie_alice" tells no run of that name; "task-rest" and "run2" do.
  const joined = (at: number): boolean =>
    kindOf(first[at] as Token) === "0" || (names[0] ?? "").charAt((first[at] as Token).start - 1) === "-";
  const runKeyed = places.filter((at) => keyed(at, runWords) && joined(at));
  const rest = blocksOf(
    first,
    places.filter((at) => !subjectKeyed.includes(at) && !runKeyed.includes(at)),
  );
  const withKey = (at: number): [number, number] => [at - 1, at];
  const piece = (of: number, [from, to]: [number, number]): string =>
    names[of]?.slice(split[of]?.[from]?.start, split[of]?.[to]?.end) ?? "";
  const pieces = (of: number, all: [number, number][]): string => all.map((one) => piece(of, one)).join("_");
  const constantSubject = first.findIndex(
    ({ text }, at) =>
      at > 0 && /^\d/.test(text) && !varies[at] && subjectWords.test(first[at - 1]?.text ?? ""),
  );
  let subject: [number, number][] = subjectKeyed.map(withKey);
  // Where each file has a subject of its own, what else varies is the subject's too: "s01_smith", "s02_jones".
  const alone =
    subject.length > 0 && new Set(names.map((_, of) => pieces(of, subject))).size === names.length;
  let runs: [number, number][] = [...runKeyed.map(withKey), ...(alone ? [] : rest)];
  if (subject.length === 0 && rest[0] !== undefined) {
    subject = [rest[0]];
    runs = runs.filter((one) => one !== rest[0]);
    if (rest.length > 1 && !isComplete(names.length, rest, piece)) return null;
  } else if (subject.length === 0) {
    if (constantSubject < 0) return null;
    subject = [withKey(constantSubject)];
  }
  runs.sort(([a], [b]) => a - b);
  const constant = constantWords(names[0] ?? "", first, varies);
  return names.map((_, of) => ({ subject: pieces(of, subject), run: pieces(of, runs) || constant }));
}

/** Varying tokens with nothing between them are one: the two of "AB12". */
function blocksOf(tokens: readonly Token[], places: readonly number[]): [number, number][] {
  const blocks: [number, number][] = [];
  for (const at of places) {
    const last = blocks.at(-1);
    const glued =
      last?.[1] === at - 1 && tokens[at - 1]?.end === tokens[at]?.start && tokens[at]?.text !== "/";
    if (last && glued) last[1] = at;
    else blocks.push([at, at]);
  }
  return blocks;
}

/** Whether each value of the first block comes with each value of the others together. */
function isComplete(
  count: number,
  [first = [0, 0], ...others]: readonly [number, number][],
  piece: (of: number, block: [number, number]) => string,
): boolean {
  const all = Array.from({ length: count }, (_, of) => of);
  const firsts = new Set(all.map((of) => piece(of, first)));
  const seconds = new Set(all.map((of) => others.map((one) => piece(of, one)).join("_")));
  return firsts.size > 1 && seconds.size > 1 && firsts.size * seconds.size === count;
}

/** What all names share, as the name of their one run: "bold" of "P07/bold", "run-1_bold" of "s2_run-1_bold". */
function constantWords(name: string, tokens: readonly Token[], varies: readonly boolean[]): string {
  const pieces = tokens.flatMap((token, at) => {
    const { text, start } = token;
    if (varies[at] || kindOf(token) !== "a" || subjectWords.test(text)) return [];
    const next = tokens[at + 1];
    const numbered = runWords.test(text) && next && kindOf(next) === "0" && !varies[at + 1];
    return [numbered ? name.slice(start, next.end) : text];
  });
  return pieces.join("_") || onlyRun;
}

/** Where each subject has a folder: its name, and what of a file's name is not the subject's. */
function byFolders(names: readonly string[]): NamePlace[] | null {
  const slash = names.map((name) => name.indexOf("/"));
  if (slash.includes(-1)) return null;
  const folders = names.map((name, at) => name.slice(0, slash[at]));
  if (new Set(folders).size < 2 || folders.includes("")) return null;
  return names.map((name, at) => {
    const subject = folders[at] ?? "";
    const own = name.slice((slash[at] ?? 0) + 1).replaceAll(subject, "");
    const run = own.replace(/[\W_]*\/[\W_]*/g, "_").replace(/^[\s_.-]+|[\s_.-]+$/g, "");
    return { subject, run: run || onlyRun };
  });
}

/** The names without what all of them begin and end with, cut at whole tokens, unless nothing is left of one. */
function trimmed(names: readonly string[]): string[] {
  if (names.length < 2) return [...names];
  const parts = names.map((name) => name.split(/(?<=[-_ ./])|(?=[-_ ./])/));
  const shortest = Math.min(...parts.map(({ length }) => length));
  const same = (of: (own: readonly string[]) => string | undefined): boolean =>
    new Set(parts.map(of)).size === 1;
  let [head, tail] = [0, 0];
  while (head < shortest && same((own) => own[head])) head++;
  while (tail < shortest - head && same((own) => own.at(-1 - tail))) tail++;
  const cut = parts.map((own) =>
    own
      .slice(head, own.length - tail)
      .join("")
      .replace(/^[-_ ./]+|[-_ ./]+$/g, ""),
  );
  return cut.every((name) => name !== "") && new Set(cut).size === names.length ? cut : [...names];
}

function areDistinct(places: readonly NamePlace[]): boolean {
  return new Set(places.map(({ subject, run }) => `${subject}\n${run}`)).size === places.length;
}
