import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";

const path = process.env.PATH;

/** Answers what git asks of repositories below `root`, by git's own CGI program; true of a request that is git's. */
export function smartGit(root: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const isGit = url.pathname.endsWith("/git-upload-pack") || url.search === "?service=git-upload-pack";
    if (!isGit) return false;
    const child = spawn("git", ["http-backend"], {
      env: {
        PATH: path,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: "*",
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? "GET",
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
        REMOTE_ADDR: "127.0.0.1",
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    request.pipe(child.stdin);
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.once("close", () => {
      const all = Buffer.concat(parts);
      const end = all.indexOf("\r\n\r\n");
      const headers = all
        .toString("latin1", 0, end)
        .split("\r\n")
        .map((line) => line.split(": ") as [string, string]);
      const status = Number.parseInt(headers.find(([name]) => name === "Status")?.[1] ?? "200", 10);
      response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== "Status")));
      response.end(all.subarray(end + 4));
    });
    return true;
  };
}
