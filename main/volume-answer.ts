import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";

const PAGE_ORIGIN = "app://bundle";
/** Few large pieces: each costs a message between processes. */
const PIECE_BYTES = 1 << 20;

/**
 * Answers volume://<grant>/<file>, whole or by one range of bytes. No path is in the address, so none can leave; what
 * was not granted is not there, without a word why.
 */
export async function answerVolume(
  { url, method, headers }: Pick<Request, "url" | "method" | "headers">,
  fileOf: (grant: string, name: string) => string | null,
): Promise<Response> {
  const path = grantedPath(url, fileOf);
  const info = path === null ? null : await stat(path).catch(() => null);
  if (path === null || !info?.isFile()) return new Response(null, { status: 404 });
  const common = {
    "access-control-allow-origin": PAGE_ORIGIN,
    "accept-ranges": "bytes",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (method !== "GET" && method !== "HEAD")
    return new Response(null, { status: 405, headers: { ...common, allow: "GET, HEAD" } });
  const asked = headers.get("range");
  const range = asked === null ? { from: 0, to: info.size } : rangeOf(asked, info.size);
  if (range === null)
    return new Response(null, {
      status: 416,
      headers: { ...common, "content-range": `bytes */${info.size}` },
    });
  const { from, to } = range;
  const empty = method === "HEAD" || from === to;
  return new Response(empty ? null : bytesOf(path, from, to), {
    status: asked === null ? 200 : 206,
    headers: {
      ...common,
      "content-type": "application/octet-stream",
      "content-length": String(to - from),
      ...(asked === null ? {} : { "content-range": `bytes ${from}-${to - 1}/${info.size}` }),
    },
  });
}

function grantedPath(url: string, fileOf: (grant: string, name: string) => string | null): string | null {
  const { host, pathname } = new URL(url);
  try {
    return fileOf(host, decodeURIComponent(pathname.slice(1)));
  } catch {
    // Not an address that anyone was given: its escapes are broken.
    return null;
  }
}

/** The bytes from `from` up to `to`, itself excluded, as they are asked for: a map may be larger than memory. */
function bytesOf(path: string, from: number, to: number): ReadableStream {
  const file = createReadStream(path, { start: from, end: to - 1, highWaterMark: PIECE_BYTES });
  return Readable.toWeb(file) as ReadableStream;
}

/** The one range that a header asks for, `to` excluded; null for none, for several and for one beyond the end. */
function rangeOf(header: string, size: number): { from: number; to: number } | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (first === undefined || last === undefined || first + last === "") return null;
  // `-n` asks for the last n bytes.
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  return from < to ? { from, to } : null;
}
