/** Reads every import and fails on one that crosses a layer the wrong way: the directions are in the design. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

const APP_LEVELS = [
  "contract",
  "linalg",
  "scratch",
  "annex",
  "dataset",
  "prepare",
  "align",
  "evaluate",
  "example",
  "results",
  "report",
  "run",
  "cli",
];

/** Whom a folder may import, beside itself. */
const ALLOWED = {
  "app/contract": [],
  "app/linalg": [],
  "app/scratch": ["app/contract", "app/linalg"],
  "app/annex": ["app/contract"],
  "app/dataset": ["app/annex", "app/contract"],
  "app/prepare": ["app/contract", "app/dataset", "app/linalg"],
  "app/align": ["app/contract", "app/linalg", "app/scratch"],
  "app/evaluate": ["app/contract", "app/linalg"],
  "app/example": ["app/contract", "app/linalg", "app/results"],
  "app/results": ["app/contract", "app/linalg"],
  "app/report": ["app/contract", "app/results"],
  "app/run": APP_LEVELS.filter((level) => level !== "cli").map((level) => `app/${level}`),
  "app/cli": [
    "app/annex",
    "app/contract",
    "app/dataset",
    "app/example",
    "app/report",
    "app/results",
    "app/run",
  ],
  main: ["app/contract", "app/run"],
  renderer: ["app/contract"],
};

/** The forbidden imports below `root`, a line each. */
export function forbiddenImports(root) {
  const found = [];
  for (const file of ["app", "main", "renderer"].flatMap((folder) => sources(join(root, folder)))) {
    const path = relative(root, file).split(sep).join("/");
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      const target = resolveInside(path, specifier);
      if (target === null || target === "package.json") continue;
      const [from, to] = [layerOf(path), layerOf(target)];
      if (/\.entry\.tsx?$/.test(target)) found.push(`${path} imports the entry ${target}`);
      else if (from !== to && !(ALLOWED[from] ?? []).includes(to)) found.push(`${path} imports ${target}`);
    }
  }
  return found;
}

function resolveInside(path, specifier) {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? posix.join(dirname(path), specifier) : null;
}

function layerOf(path) {
  const [top, second] = path.split("/");
  return top === "app" ? `app/${second}` : top;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "target" || entry.name === "dist") return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
