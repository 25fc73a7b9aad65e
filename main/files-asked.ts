import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { app } from "electron";

/** Files and folders that the system hands over: at the start, by "Open with", or by a second start. */
const asked: string[] = [];
let hear: (path: string) => void = (path) => asked.push(path);

app.on("open-file", (event, path) => {
  event.preventDefault();
  hear(path);
});
app.on("second-instance", (_event, argv, folder) => {
  const [path] = pathsIn(argv, folder);
  if (path !== undefined) hear(path);
});

/** What was asked for up to now, the first first. */
export function filesAsked(): readonly string[] {
  return [...asked, ...pathsIn(process.argv, process.cwd())];
}

/** Calls `then` with each that is asked for from now on. */
export function onFileAsked(then: (path: string) => void): void {
  hear = then;
}

/** What is no switch and lies there. The first argument is the program; while developing the next is the project. */
function pathsIn(argv: readonly string[], folder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith("-"))
    .map((argument) => resolve(folder, argument))
    .filter((path) => path !== app.getAppPath() && existsSync(path));
}
