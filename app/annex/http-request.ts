import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Fault } from "#app/contract/fault.ts";
import { type AddressRules, bareHost, checkedLookup, checkedUrl } from "./address-rules.ts";

const MOST_REDIRECTS = 5;
/** Silence after which a connection counts as lost. */
const SILENCE_MS = 30_000;

export interface HttpOptions {
  readonly rules: AddressRules;
  readonly signal?: AbortSignal | undefined;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly silenceMs?: number | undefined;
}

export interface HttpResponse {
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly status: number;
  readonly message: IncomingMessage;
}

/**
 * Asks by HTTP or HTTPS and follows a few redirects, each checked as the first. Proxies of the environment are not
 * used: the address behind one can't be checked. The body is left to the caller, who reads or destroys it.
 * @throws Fault annex/refused-address, annex/connection; the signal's reason when aborted
 */
export async function openUrl(address: string, options: HttpOptions): Promise<HttpResponse> {
  let url = checkedUrl(address, options.rules);
  for (let redirects = 0; ; redirects++) {
    const message = await ask(url, options);
    const status = message.statusCode ?? 0;
    const location = message.headers.location;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined)
      return { url, status, message };
    message.destroy();
    const next = URL.canParse(location, url.href) ? new URL(location, url.href).href : location;
    const downgrade = url.protocol === "https:" && next.startsWith("http:");
    if (redirects === MOST_REDIRECTS || downgrade || options.method === "POST") {
      const detail = downgrade ? "it leads from https to http" : "it leads on and on";
      throw new Fault("annex/refused-address", { address: url.host, detail });
    }
    url = checkedUrl(next, options.rules);
  }
}

/** The whole answer as a text; null where it is not 200 or longer than `mostBytes`. */
export async function readShort(
  address: string,
  mostBytes: number,
  options: HttpOptions,
): Promise<string | null> {
  const { status, message } = await openUrl(address, options);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    if (status !== 200) return null;
    for await (const part of message) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length > mostBytes) return null;
    }
    return Buffer.concat(parts).toString("utf8");
  } catch (error) {
    throw connectionFault(error, address, options.signal);
  } finally {
    message.destroy();
  }
}

/** What a failure of a connection means. @throws the signal's reason when aborted */
export function connectionFault(error: unknown, address: string, signal?: AbortSignal): Fault {
  signal?.throwIfAborted();
  if (error instanceof Fault) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const detail = error instanceof Error && error.message !== "" ? (code ?? error.message) : "it was cut off";
  const host = URL.canParse(address) ? new URL(address).host : address;
  return new Fault("annex/connection", { host, detail });
}

function ask(
  url: URL,
  { rules, signal, method = "GET", headers, body, silenceMs }: HttpOptions,
): Promise<IncomingMessage> {
  const secure = url.protocol === "https:";
  // An agent of its own: no connection is kept whose address was checked by other rules.
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)({
      agent,
      method,
      protocol: url.protocol,
      hostname: bareHost(url),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers: { "user-agent": "Concord", "accept-encoding": "identity", ...headers },
      lookup: checkedLookup(rules),
      signal,
    });
    const silence = silenceMs ?? SILENCE_MS;
    request.setTimeout(silence, () => request.destroy(new Error(`silent for ${silence / 1000} s`)));
    request.once("response", resolve);
    request.on("error", (error) => {
      try {
        reject(connectionFault(error, url.href, signal));
      } catch (reason) {
        reject(reason);
      }
    });
    request.end(body);
  });
}
