import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { protocol } from "electron";
import { pageFile } from "#main/page-file.ts";
import { volumeScheme } from "#main/volume-scheme.ts";

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  // Inline for the report: it is one self-contained document with its style inside, shown in a frame of the page
  // (srcdoc, without scripts), and such a frame inherits the page's policy. Styles can neither run nor send anything:
  // what they may fetch is bounded by the other lines.
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
    const path = pageFile(folder, request.url);
    const type = path === null ? undefined : TYPES[extname(path)];
    const body = path === null || !type ? null : await readFile(path).catch(() => null);
    if (!body || !type) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(body), {
      headers: { "content-type": type, "content-security-policy": CSP, "x-content-type-options": "nosniff" },
    });
  });
}
