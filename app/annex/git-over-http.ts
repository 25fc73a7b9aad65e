import type { GitHttpRequest, GitHttpResponse, HttpClient } from "isomorphic-git";
import { Fault } from "#app/contract/fault.ts";
import type { AddressRules } from "./address-rules.ts";
import { connectionFault, openUrl } from "./http-request.ts";
import { isSafeRef } from "./tree-check.ts";

/** Lists of refs are small; a repository of a hundred thousand fits. */
const MOST_REF_BYTES = 16e6;

/** The HTTP of isomorphic-git by Concord's rules for addresses; refs are judged before the library sees them. */
export function gitOverHttp(rules: AddressRules, signal?: AbortSignal): HttpClient {
  return {
    async request({ url, method = "GET", headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
      const sent = body === undefined ? undefined : await collected(body, url, signal);
      const response = await openUrl(url, {
        rules,
        signal,
        method: method === "POST" ? "POST" : "GET",
        headers,
        ...(sent !== undefined && { body: sent }),
      });
      const { message, status } = response;
      const isRefs = response.url.pathname.endsWith("/info/refs");
      const received = isRefs ? once(await refsOf(message, url, signal)) : told(message, url, signal);
      return {
        url: response.url.href,
        method,
        statusCode: status,
        statusMessage: message.statusMessage ?? "",
        headers: Object.fromEntries(
          Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: received,
      };
    },
  };
}

async function refsOf(
  message: AsyncIterable<Uint8Array>,
  url: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await collected(message, url, signal, MOST_REF_BYTES);
  for (const [, ref = ""] of Buffer.from(bytes)
    .toString("utf8")
    .matchAll(/[ :](refs\/[^\n\0 ]*)/g)) {
    // "^{}" ends the line that tells a tag's commit.
    if (!isSafeRef(ref.replace(/\^\{\}$/, ""))) {
      throw new Fault("annex/unsafe-tree", { address: url, path: ref.slice(0, 200) });
    }
  }
  return bytes;
}

async function collected(
  body: AsyncIterable<Uint8Array>,
  url: string,
  signal?: AbortSignal,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of told(body, url, signal)) {
    parts.push(part);
    length += part.length;
    if (length > most)
      throw new Fault("annex/no-clone", { address: url, detail: "its list of branches has no end" });
  }
  return Buffer.concat(parts);
}

/** A body whose failures are Faults. */
async function* told(
  body: AsyncIterable<Uint8Array>,
  url: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw connectionFault(error, url, signal);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
