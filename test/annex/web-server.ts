import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

/** How the server serves a file: well, without ranges, cutting each connection after some bytes, or another content. */
export type Manner =
  | { readonly kind: "ranges" }
  | { readonly kind: "no-ranges" }
  | { readonly kind: "cuts"; readonly afterBytes: number; readonly ranges: boolean }
  | { readonly kind: "wrong" }
  | { readonly kind: "slow"; readonly bytesPerTick: number };

/** A static web server of a test, on a free port of 127.0.0.1. */
export class WebServer {
  manner: Manner = { kind: "ranges" };
  /** What was asked: "GET /web/a 5-". */
  readonly asked: string[] = [];
  /** Answers some paths by itself: true where it did. */
  answer: ((request: IncomingMessage, response: ServerResponse) => boolean) | null = null;
  readonly #server: Server;
  readonly #root: () => string;

  private constructor(root: () => string) {
    this.#root = root;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(root: () => string): Promise<WebServer> {
    const own = new WebServer(root);
    await new Promise<void>((resolve) => own.#server.listen(0, "127.0.0.1", resolve));
    return own;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.address);
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    this.asked.push(`${request.method} ${url.pathname}${range === undefined ? "" : ` ${range}-`}`);
    if (this.answer?.(request, response)) return;
    const path = join(this.#root(), normalize(decodeURIComponent(url.pathname)));
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) {
      response.writeHead(404).end("no such file");
      return;
    }
    const { manner } = this;
    const content = url.pathname.includes("/annex/objects/") || url.pathname.startsWith("/web/");
    const usesRange =
      range !== undefined && (manner.kind === "cuts" ? manner.ranges : manner.kind !== "no-ranges");
    const start = usesRange ? Number(range) : 0;
    if (start >= found.size && found.size > 0) {
      response.writeHead(416, { "content-range": `bytes */${found.size}` }).end();
      return;
    }
    response.writeHead(usesRange ? 206 : 200, {
      "content-length": found.size - start,
      ...(usesRange && { "content-range": `bytes ${start}-${found.size - 1}/${found.size}` }),
    });
    if (content && manner.kind === "wrong") {
      response.end(Buffer.alloc(found.size - start, 120));
      return;
    }
    let left = content && manner.kind === "cuts" ? manner.afterBytes : Number.POSITIVE_INFINITY;
    const tick = content && manner.kind === "slow" ? manner.bytesPerTick : undefined;
    for await (const part of createReadStream(path, { start, ...(tick && { highWaterMark: tick }) })) {
      const bytes = (part as Buffer).subarray(0, left);
      await new Promise((resolve) => response.write(bytes, resolve));
      left -= bytes.length;
      if (left <= 0) {
        response.destroy();
        return;
      }
      if (tick !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      if (response.destroyed) return;
    }
    response.end();
  }
}
