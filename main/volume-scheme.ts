import { open } from "node:fs/promises";
import { protocol } from "electron";

const PAGE_ORIGIN = "app://bundle";
/** No single answer is larger: maps are read by parts. */
const LARGEST_BYTES = 512e6;

export const volumeScheme = {
  scheme: "volume",
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
};

/** Serves volume://<grant>/<file>, whole or by one range of bytes. No path is in the address, so none can leave. */
export function serveVolumes(fileOf: (grant: string, name: string) => string | null): void {
  protocol.handle("volume", async (request) => {
    const { host, pathname } = new URL(request.url);
    const path = fileOf(host, decodeURIComponent(pathname.slice(1)));
    if (path === null || request.method !== "GET") return new Response(null, { status: 404 });
    const file = await open(path).catch(() => null);
    if (file === null) return new Response(null, { status: 404 });
    try {
      const { size } = await file.stat();
      const range = rangeOf(request.headers.get("range"), size);
      if (range === null || range.to - range.from > LARGEST_BYTES) return new Response(null, { status: 416 });
      const body = new Uint8Array(range.to - range.from);
      await file.read(body, 0, body.length, range.from);
      const whole = body.length === size;
      return new Response(body, {
        status: whole ? 200 : 206,
        headers: {
          "access-control-allow-origin": PAGE_ORIGIN,
          "content-type": "application/octet-stream",
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
          ...(whole ? {} : { "content-range": `bytes ${range.from}-${range.to - 1}/${size}` }),
        },
      });
    } finally {
      await file.close();
    }
  });
}

/** The bytes asked for, `to` excluded; all of them without a header, null for what can't be served. */
function rangeOf(header: string | null, size: number): { from: number; to: number } | null {
  if (header === null) return { from: 0, to: size };
  const match = /^bytes=(\d+)-(\d*)$/.exec(header);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[2] === "" ? size : Math.min(Number(match[2]) + 1, size);
  return from < to ? { from, to } : null;
}
