import { type FileHandle, mkdir, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Fault } from "#app/contract/fault.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import type { AddressRules } from "./address-rules.ts";
import { type AnnexKey, verifyFile } from "./annex-key.ts";
import { connectionFault, type HttpResponse, openUrl } from "./http-request.ts";

export interface DownloadOptions {
  readonly rules: AddressRules;
  readonly signal?: AbortSignal | undefined;
  /** Hears how many bytes of the content lie on the disk. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** How long to wait before each further try, one after the other. */
  readonly waitsMs?: readonly number[] | undefined;
  /** Silence after which a connection counts as lost. */
  readonly silenceMs?: number | undefined;
}

/** Of a content to be downloaded: its key tells its size and its hash. */
export type SizedKey = AnnexKey & { readonly sizeBytes: number };

const WAITS_MS = [1000, 2000, 4000, 8000, 16_000];

/** The answers after which another try may help (RFC 9110): time-out, too many, and what is the server's own fault. */
const TEMPORARY = [408, 429, 500, 502, 503, 504];

/**
 * Downloads one content to `part` and verifies it; a part that is there is gone on with. Never writes more than the
 * key's size. A lost connection is taken up again after a while; bytes that arrive begin the waits anew. False where
 * the address does not have it. An abort leaves the part, so that a pause is an abort and a later call.
 * @throws Fault annex/wrong-content, annex/refused-address, annex/connection, results/…; the signal's reason
 */
export async function download(
  address: string,
  part: string,
  key: SizedKey,
  name: string,
  options: DownloadOptions,
): Promise<boolean> {
  const waits = options.waitsMs ?? WAITS_MS;
  const asked = { etag: null as string | null };
  let tries = 0;
  let continued = (await sizeOf(part)) > 0;
  await mkdir(dirname(part), { recursive: true }).catch((error) => {
    throw writingFault(error, part);
  });
  for (;;) {
    const before = await sizeOf(part);
    try {
      if (!(await receive(address, part, key, name, asked, options))) return false;
      if (await verified(part, key, options.signal)) return true;
      await rm(part, { force: true });
      // What was there before may be at fault: once more from the start.
      if (!continued) throw wrongContent(address, name);
      continued = false;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof Fault) || error.code !== "annex/connection") throw error;
      if ((await sizeOf(part)) > before) tries = 0;
      const pause = waits[tries++];
      if (pause === undefined) throw error;
      await wait(pause, undefined, { signal: options.signal }).catch(() => options.signal?.throwIfAborted());
    }
  }
}

/** One connection's worth: to the end of the content, or a Fault. False where the address does not have it. */
async function receive(
  address: string,
  part: string,
  key: SizedKey,
  name: string,
  asked: { etag: string | null },
  options: DownloadOptions,
): Promise<boolean> {
  let start = await sizeOf(part);
  if (start > key.sizeBytes) {
    await rm(part, { force: true });
    start = 0;
  }
  options.onBytes?.(start);
  if (start === key.sizeBytes && start > 0) return true;
  const headers = {
    ...(start > 0 && { range: `bytes=${start}-` }),
    ...(start > 0 && asked.etag !== null && { "if-range": asked.etag }),
  };
  const response = await openUrl(address, { ...options, headers });
  const { status, message } = response;
  try {
    if (status === 416) {
      await rm(part, { force: true });
      throw new Fault("annex/connection", { host: response.url.host, detail: "it lost the place" });
    }
    if (TEMPORARY.includes(status)) {
      throw new Fault("annex/connection", { host: response.url.host, detail: `it answers ${status}` });
    }
    if (status !== 200 && status !== 206) return false;
    const from = firstByte(response, start);
    if (from === null || !fits(response, from, key.sizeBytes)) throw wrongContent(address, name);
    const { etag } = message.headers;
    asked.etag = etag?.startsWith('"') ? etag : null;
    await write(response, part, from, key, name, options);
    return true;
  } finally {
    message.destroy();
  }
}

async function write(
  { message, url }: HttpResponse,
  part: string,
  from: number,
  key: SizedKey,
  name: string,
  { onBytes, signal }: DownloadOptions,
): Promise<void> {
  let file: FileHandle | undefined;
  let at = from;
  try {
    file = await open(part, from === 0 ? "w" : "r+").catch((error) => {
      throw writingFault(error, part);
    });
    for await (const bytes of message as AsyncIterable<Buffer>) {
      if (at + bytes.length > key.sizeBytes) throw wrongContent(url.href, name);
      await file.write(bytes, 0, bytes.length, at).catch((error) => {
        throw writingFault(error, part);
      });
      at += bytes.length;
      onBytes?.(at);
    }
  } catch (error) {
    throw connectionFault(error, url.href, signal);
  } finally {
    await file?.close();
  }
  if (at < key.sizeBytes) throw new Fault("annex/connection", { host: url.host, detail: "it ended early" });
}

/** Where the answer's body begins in the content: a server may pass over the range that was asked for. */
function firstByte({ status, message }: HttpResponse, asked: number): number | null {
  if (status === 200) return 0;
  const begin = /^bytes (\d+)-/.exec(message.headers["content-range"] ?? "")?.[1];
  return begin !== undefined && Number(begin) === asked ? asked : null;
}

/** Whether the answer's length is the content's; a page that says "not found" is told by it before it arrives. */
function fits({ message }: HttpResponse, from: number, size: number): boolean {
  const length = message.headers["content-length"];
  const total = /\/(\d+)$/.exec(message.headers["content-range"] ?? "")?.[1];
  return (
    (length === undefined || from + Number(length) === size) &&
    (total === undefined || Number(total) === size)
  );
}

async function verified(part: string, key: AnnexKey, signal?: AbortSignal): Promise<boolean> {
  try {
    return await verifyFile(part, key, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw writingFault(error, part);
  }
}

function wrongContent(address: string, name: string): Fault {
  return new Fault("annex/wrong-content", { host: new URL(address).host, path: name });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
