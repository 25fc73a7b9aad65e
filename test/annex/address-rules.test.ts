import { expect, test } from "vitest";
import { checkedAddresses, checkedUrl, isAllowedAddress } from "#app/annex/address-rules.ts";
import { openUrl } from "#app/annex/http-request.ts";
import { WebServer } from "./web-server.ts";

const strict = { allowLoopback: false };

test.each([
  ["0.0.0.0", "unspecified"],
  ["0.1.2.3", "this network"],
  ["10.0.0.1", "private"],
  ["10.255.255.255", "private"],
  ["100.64.0.1", "shared by carriers"],
  ["100.127.255.255", "shared by carriers"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback"],
  ["169.254.169.254", "link-local, of cloud machines' secrets"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.0.0.8", "protocol assignments"],
  ["192.0.2.1", "documentation"],
  ["192.88.99.1", "6to4 relays"],
  ["192.168.1.1", "private"],
  ["198.18.0.1", "benchmarks"],
  ["198.19.255.255", "benchmarks"],
  ["198.51.100.7", "documentation"],
  ["203.0.113.7", "documentation"],
  ["224.0.0.1", "multicast"],
  ["239.255.255.250", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::127.0.0.1", "IPv4-compatible"],
  ["::8.8.8.8", "IPv4-compatible"],
  ["::ffff:127.0.0.1", "IPv4-mapped loopback"],
  ["::ffff:10.0.0.1", "IPv4-mapped private"],
  ["::ffff:a9fe:a9fe", "IPv4-mapped link-local"],
  ["0:0:0:0:0:ffff:7f00:1", "IPv4-mapped loopback, written out"],
  ["::ffff:0:127.0.0.1", "IPv4-translated"],
  ["64:ff9b::127.0.0.1", "NAT64 of loopback"],
  ["64:ff9b::c0a8:101", "NAT64 of private"],
  ["64:ff9b:1::a00:1", "NAT64 of a local prefix"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with a zone"],
  ["febf::1", "link-local"],
  ["fec0::1", "site-local"],
  ["fc00::1", "unique local"],
  ["fd12:3456:789a::1", "unique local"],
  ["ff02::1", "multicast"],
  ["100::1", "discard"],
  ["2001::1", "Teredo"],
  ["2001:db8::1", "documentation"],
  ["2002:7f00:1::", "6to4 of loopback"],
  ["3fff::1", "documentation"],
  ["5f00::1", "segment routing"],
  ["localhost", "no address in numbers"],
  ["", "nothing"],
])("%s is refused: %s", (address) => {
  expect(isAllowedAddress(address, strict)).toBe(false);
});

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "192.169.0.0",
  "223.255.255.255",
  "141.84.41.219",
  "2606:4700:4700::1111",
  "2a00:1450:4001:82f::200e",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
])("%s is a public host's", (address) => {
  expect(isAllowedAddress(address, strict)).toBe(true);
});

test("a test's switch lets loopback pass, and nothing else", () => {
  const open = { allowLoopback: true };
  const asked = [
    "127.0.0.1",
    "127.1.2.3",
    "::1",
    "::ffff:127.0.0.1",
    "10.0.0.1",
    "0.0.0.0",
    "169.254.169.254",
  ];
  expect(asked.filter((address) => isAllowedAddress(address, open))).toEqual([
    "127.0.0.1",
    "127.1.2.3",
    "::1",
  ]);
});

test.each([
  ["file:///etc/passwd", "only http and https are used"],
  ["ftp://example.org/a", "only http and https are used"],
  ["ssh://example.org/a", "only http and https are used"],
  ["data:text/plain,a", "only http and https are used"],
  ["javascript:alert(1)", "only http and https are used"],
  ["ext::sh -c date", "only http and https are used"],
  ["-uhttps://example.org", "it is no web address"],
  ["example.org/a", "it is no web address"],
  ["https://me:secret@example.org/", "it holds a name or a password"],
  ["http://127.0.0.1/", "it leads to this computer or into a private network"],
  ["http://0x7f000001/", "it leads to this computer or into a private network"],
  ["http://2130706433/", "it leads to this computer or into a private network"],
  ["http://0177.1/", "it leads to this computer or into a private network"],
  ["http://127.1/", "it leads to this computer or into a private network"],
  ["http://\u2460\u2461\u2466.0.0.1/", "it leads to this computer or into a private network"],
  ["http://[::1]/", "it leads to this computer or into a private network"],
  ["http://[::ffff:7f00:1]/", "it leads to this computer or into a private network"],
  ["http://169.254.169.254/latest/meta-data", "it leads to this computer or into a private network"],
])("the address %s is not asked: %s", (address, detail) => {
  const ask = () => checkedUrl(address, strict);
  // Circled digits 1, 2, 7 are 127 to the URL parser.
  expect(ask).toThrow(
    expect.objectContaining({ code: "annex/refused-address", values: expect.objectContaining({ detail }) }),
  );
});

test("a name is refused where any of its addresses is not public", async () => {
  const names: Record<string, string[]> = {
    "private.example.org": ["10.1.2.3"],
    "mixed.example.org": ["8.8.8.8", "127.0.0.1"],
    "six.example.org": ["2606:4700:4700::1111", "fd00::1"],
    "good.example.org": ["8.8.8.8", "2606:4700:4700::1111"],
  };
  const resolve = async (host: string) =>
    (names[host] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const rules = { ...strict, resolve };
  for (const host of ["private.example.org", "mixed.example.org", "six.example.org"]) {
    await expect(checkedAddresses(host, rules)).rejects.toMatchObject({ code: "annex/refused-address" });
    await expect(openUrl(`https://${host}/a`, { rules })).rejects.toMatchObject({
      code: "annex/refused-address",
    });
  }
  expect(await checkedAddresses("good.example.org", rules)).toHaveLength(2);
});

test("the address that was checked is the one that is connected to, and redirects are checked anew", async () => {
  const server = await WebServer.start(() => "/nonexistent");
  let lookups = 0;
  // A name that turns private once it was looked at.
  const resolve = async () => {
    lookups += 1;
    return [{ address: lookups === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
  };
  const rules = { allowLoopback: true, resolve };
  const targets: Record<string, string> = {
    "/private": "http://192.168.1.1/",
    "/name": `http://other.example.org:${server.port}/`,
    "/scheme": "file:///etc/passwd",
    "/again": "/again",
    "/relative": "/there",
  };
  server.answer = (request, response) => {
    const location = targets[request.url ?? ""];
    response
      .writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location })
      .end("there");
    return true;
  };
  const ask = (path: string) => openUrl(`http://start.example.org:${server.port}${path}`, { rules });
  const response = await ask("/plain");
  response.message.destroy();
  expect([response.status, lookups]).toEqual([200, 1]);
  const outcomes: Record<string, unknown> = {};
  for (const path of Object.keys(targets)) {
    lookups = 0;
    const own = path === "/again" || path === "/relative" ? { rules: { allowLoopback: true } } : { rules };
    const host = path === "/again" || path === "/relative" ? "127.0.0.1" : "start.example.org";
    outcomes[path] = await openUrl(`http://${host}:${server.port}${path}`, own).then(
      ({ url, message }) => {
        message.destroy();
        return url.pathname;
      },
      (error) => [error.code, error.values.detail],
    );
  }
  expect(outcomes).toEqual({
    "/private": ["annex/refused-address", "it leads to this computer or into a private network"],
    "/name": ["annex/refused-address", "it leads to this computer or into a private network"],
    "/scheme": ["annex/refused-address", "only http and https are used"],
    "/again": ["annex/refused-address", "it leads on and on"],
    "/relative": "/there",
  });
  await server.close();
});
