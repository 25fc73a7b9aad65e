import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { protocol } from "electron";
import { volumeScheme } from "#main/volume-scheme.ts";

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' volume: data: blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join("; ");
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export const PAGE = "app://bundle/index.html";

export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "app:" && url.host === "bundle";
}

/** Must come before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
    volumeScheme,
  ]);
}

/** Serves the built page and nothing above its folder. */
export function servePage(folder: string): void {
  protocol.handle("app", async (request) => {
    const path = normalize(join(folder, decodeURIComponent(new URL(request.url).pathname)));
    const type = TYPES[extname(path)];
    if (!isOurPage(request.url) || !path.startsWith(folder + sep) || !type)
      return new Response(null, { status: 404 });
    const body = await readFile(path).catch(() => null);
    if (!body) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(body), {
      headers: { "content-type": type, "content-security-policy": CSP, "x-content-type-options": "nosniff" },
    });
  });
}
