import { lookup as systemLookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Fault } from "#app/contract/fault.ts";

/** Resolves a name to its addresses. */
export type Resolver = (host: string) => Promise<readonly { address: string; family: number }[]>;

/** What is asked of a connection's address. */
export interface AddressRules {
  /** Lets 127.0.0.0/8 and ::1 pass: for tests against a server on this machine. */
  readonly allowLoopback: boolean;
  /** The system's own when it is left out. */
  readonly resolve?: Resolver;
}

/** IPv4 that is no public host's (IANA special-purpose registry, RFC 6890): private, shared, link-local, multicast… */
const SPECIAL_4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Within the one public block of IPv6: protocol assignments and Teredo, documentation (two), 6to4. */
const SPECIAL_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const special = new BlockList();
for (const [address, prefix] of SPECIAL_4) special.addSubnet(address, prefix, "ipv4");
for (const [address, prefix] of SPECIAL_6) special.addSubnet(address, prefix, "ipv6");
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
/** IPv4 inside IPv6: as such (RFC 4291), and by the well-known prefix of NAT64 (RFC 6052). */
const embedding = new BlockList();
embedding.addSubnet("64:ff9b::", 96, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an address in numbers may be connected to. An IPv4 address inside an IPv6 one is judged as itself. */
export function isAllowedAddress(address: string, { allowLoopback }: AddressRules): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes("%")) return false;
  if (family === 4) {
    return (allowLoopback && loopback.check(address, "ipv4")) || !special.check(address, "ipv4");
  }
  const words = wordsOf(address);
  const mapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  if (mapped || embedding.check(address, "ipv6")) {
    const [high = 0, low = 0] = words.slice(6);
    return isAllowedAddress([high >> 8, high & 255, low >> 8, low & 255].join("."), {
      // A mapped loopback address is somebody's trick, not a test's server.
      allowLoopback: false,
    });
  }
  if (allowLoopback && loopback.check(address, "ipv6")) return true;
  return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}

/**
 * The address as a URL, if it may be asked at all: http or https, no name and password in it, and no forbidden address
 * in numbers (of which the system would look nothing up).
 * @throws Fault annex/refused-address
 */
export function checkedUrl(text: string, rules: AddressRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw refused(text, "it is no web address");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refused(text, "only http and https are used");
  if (url.username !== "" || url.password !== "") {
    throw refused(url.host, "it holds a name or a password");
  }
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isAllowedAddress(host, rules)) throw refused(url.host, INSIDE);
  return url;
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** The addresses of a name, all of which may be connected to. @throws Fault annex/refused-address where one may not */
export async function checkedAddresses(
  host: string,
  rules: AddressRules,
): Promise<readonly { address: string; family: number }[]> {
  const resolve: Resolver = rules.resolve ?? ((name) => systemLookup(name, { all: true }));
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
  // One forbidden address among several is no accident: none of them is used.
  if (!found.every(({ address }) => isAllowedAddress(address, rules))) throw refused(host, INSIDE);
  return found;
}

/** A connection's own look-up, so that the address that was checked is the one that is used. */
export function checkedLookup(rules: AddressRules): LookupFunction {
  return (host, options, answer) => {
    checkedAddresses(host, rules).then(
      (found) => {
        const fit = found.filter(({ family }) => !options.family || options.family === family);
        const [first] = fit;
        if (first === undefined) answer(new Error(`ENOTFOUND ${host}`), "", 0);
        else if (options.all) answer(null, [...fit]);
        else answer(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => answer(error, "", 0),
    );
  };
}

const INSIDE = "it leads to this computer or into a private network";

function refused(address: string, detail: string): Fault {
  return new Fault("annex/refused-address", { address: address.slice(0, 200), detail });
}

/** The eight 16-bit words of an IPv6 address. */
function wordsOf(address: string): number[] {
  // The URL parser writes a dotted end as two words.
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [left = "", right] = plain.split("::");
  const words = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
  if (right === undefined) return words(left);
  const [start, end] = [words(left), words(right)];
  return [...start, ...new Array<number>(8 - start.length - end.length).fill(0), ...end];
}
