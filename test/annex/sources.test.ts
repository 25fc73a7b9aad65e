import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AnnexBranch, journalPath, locationLog, newest } from "#app/annex/annex-branch.ts";
import { hashDirLower, hashDirMixed } from "#app/annex/annex-key.ts";
import { parseGitConfig } from "#app/annex/git-config.ts";
import { isHarmless } from "#app/annex/installed-annex.ts";
import { type Repository, repositoryAt } from "#app/annex/repository.ts";
import { Sources } from "#app/annex/sources.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { WebServer } from "./web-server.ts";

const key = "MD5E-s5--5d41402abc4b2a76b9719d911017c592.nii.gz";
const lower = `annex/objects/${hashDirLower(key)}/${key}/${key}`;
const mixed = `annex/objects/${hashDirMixed(key)}/${key}/${key}`;
const rules = { allowLoopback: true };
let server: WebServer;
const configs: Record<string, string> = {
  "/bare.git/config": "[core]\n\tbare = true\n[annex]\n\tuuid = uuid-bare\n",
  "/tree/.git/config": "[core]\n\tbare = false\n[annex]\n\tuuid = uuid-tree\n",
  "/gin/config": "[core]\n\tbare = true\n[annex]\n\tuuid = uuid-gin\n",
  "/plain.git/config": "[core]\n\tbare = true\n",
};
beforeAll(async () => {
  server = await WebServer.start(() => "/nonexistent");
  server.answer = (request, response) => {
    const text = configs[request.url ?? ""];
    response.writeHead(text === undefined ? 404 : 200).end(text);
    return true;
  };
});
afterAll(() => server.close());

/** A repository without commits whose journal holds these files of the branch. */
async function repositoryWith(config: string, logs: Record<string, string>): Promise<Repository> {
  const folder = temporaryFolder("sources");
  await mkdir(join(folder, ".git", "annex", "journal"), { recursive: true });
  await writeFile(join(folder, ".git", "config"), config);
  const found = await repositoryAt(folder);
  if (found === null) throw new Error("no repository");
  for (const [name, text] of Object.entries(logs)) await writeFile(journalPath(found, name), text);
  return found;
}

async function sourcesOf(config: string, logs: Record<string, string>): Promise<string[]> {
  const found = await repositoryWith(config, logs);
  return new Sources(found, new AnnexBranch(found), rules).of(key);
}

const remote = (name: string, path: string, more = "") =>
  `[remote "${name}"]\n\turl = ${path.startsWith("/") ? server.address : ""}${path}\n${more}`;

test("the journal's names are git-annex's", async () => {
  const found = await repositoryWith("", {});
  expect(journalPath(found, "abc/def/SHA256-s1--a_b.log")).toBe(
    join(found.gitFolder, "annex", "journal", "abc_def_SHA256-s1--a__b.log"),
  );
});

test("of a log's lines the newest counts", () => {
  const lines = ["1.5s 1 a", "2s 0 a", "3s 1 b", "1s 0 b", "4 X c", "nonsense", "5s 1 http://x/y z"];
  expect(newest(lines).map(({ status, value }) => `${status} ${value}`)).toEqual([
    "0 a",
    "1 b",
    "X c",
    "1 http://x/y z",
  ]);
});

test("addresses of its own come first, then who says to have it, then who does not", async () => {
  const config =
    remote("plain", "/plain.git") +
    remote("tree", "/tree/") +
    remote("bare", "/bare.git") +
    remote("gin", "/gin.git") +
    remote("ssh", "git@example.org:a/b.git") +
    remote("local", "file:///srv/a.git");
  const addresses = await sourcesOf(config, {
    [locationLog(key)]: "1s 1 uuid-bare\n1s 1 uuid-gin\n1s 0 uuid-tree\n",
    [`${locationLog(key)}.web`]:
      "1s 1 https://example.org/a\n2s 0 https://example.org/gone\n1s 1 :quvi\n1s 1 file:///etc/passwd\n",
  });
  const { address } = server;
  expect(addresses).toEqual([
    "https://example.org/a",
    `${address}/bare.git/${lower}`,
    `${address}/bare.git/${mixed}`,
    `${address}/gin/${lower}`,
    `${address}/gin/${mixed}`,
    `${address}/tree/.git/${mixed}`,
    `${address}/tree/.git/${lower}`,
  ]);
});

test("a public bucket is asked for the version that holds the key, as OpenNeuro's", async () => {
  const settings =
    "bucket=openneuro.org encryption=none exporttree=yes fileprefix=ds000001/ name=s3-PUBLIC public=yes";
  const addresses = await sourcesOf("", {
    "remote.log": `uuid-s3 ${settings} publicurl=https://s3.amazonaws.com/openneuro.org type=S3 versioning=yes timestamp=1s\n`,
    [locationLog(key)]: "1s 1 uuid-s3\n",
    [`${locationLog(key)}.rmet`]:
      "1s uuid-s3:V +old.1#ds000001/sub-01/a.nii.gz\n2s uuid-s3:V -old.1#ds000001/sub-01/a.nii.gz\n" +
      "3s uuid-s3:V +iV_c.E#ds000001/sub-01/a.nii.gz\n4s other:V +no#no\n" +
      `5s uuid-s3:V +!${Buffer.from("v2#ds000001/with space").toString("base64")}\n`,
  });
  expect(addresses).toEqual([
    "https://s3.amazonaws.com/openneuro.org/ds000001/with%20space?versionId=v2",
    "https://s3.amazonaws.com/openneuro.org/ds000001/sub-01/a.nii.gz?versionId=iV_c.E",
  ]);
});

test("a bucket by keys, a mirror over HTTP, and nothing of what is encrypted or cut in chunks", async () => {
  const addresses = await sourcesOf("", {
    "remote.log":
      "u1 bucket=my-bucket encryption=none fileprefix=a&47;b&47; public=yes type=S3 timestamp=1s\n" +
      "u2 encryption=none type=httpalso url=https://example.org/annex/ timestamp=1s\n" +
      "u3 encryption=shared publicurl=https://example.org/secret type=S3 timestamp=1s\n" +
      "u4 chunk=1MiB encryption=none publicurl=https://example.org/chunks type=S3 timestamp=1s\n" +
      "u5 encryption=none exporttree=yes publicurl=https://example.org/tree type=S3 timestamp=1s\n" +
      "u6 encryption=none type=external externaltype=evil timestamp=1s\n" +
      "u7 encryption=none type=directory timestamp=1s\n",
    [locationLog(key)]: "u1 u2 u3 u4 u5 u6 u7"
      .split(" ")
      .map((uuid) => `1s 1 ${uuid}\n`)
      .join(""),
  });
  expect(addresses).toEqual([
    `https://my-bucket.s3.amazonaws.com/a/b/${key}`,
    `https://example.org/annex/${hashDirLower(key)}/${key}/${key}`,
    `https://example.org/annex/${key}`,
  ]);
});

test("who has a content is told by name", async () => {
  const found = await repositoryWith("[annex]\n\tuuid = own\n", {
    [locationLog(key)]: "1s 1 own\n1s 1 u1\n1s 1 u2\n1s 1 00000000-0000-0000-0000-000000000001\n",
    "uuid.log": "u1 the lab's server timestamp=2s\nu1 old timestamp=1s\n",
  });
  const sources = new Sources(found, new AnnexBranch(found), rules);
  expect(await sources.holders(key)).toEqual(["the lab's server", "u2", "the web"]);
});

test("a config file's settings are read as git reads them", () => {
  const text =
    '[core]\n\tbare\n[remote "a \\"b\\""]\n  url = "https://x/#y" ; note\n\turl = two\\\n words # note\n[Branch.main] remote=origin\n[a]b = "\\t"\n';
  expect([...parseGitConfig(text)]).toEqual([
    ["core.bare", ["true"]],
    ['remote.a "b".url', ["https://x/#y", "two words"]],
    ["branch.main.remote", ["origin"]],
    ["a.b", ["\t"]],
  ]);
});

test.each([
  ["[core]\n\tbare = false\n[annex]\n\tuuid = a\n\tversion = 10\n", true],
  ['[remote "o"]\n\turl = https://example.org/a\n\tannex-uuid = a\n', true],
  ['[remote "o"]\n\turl = git@example.org:a/b.git\n', true],
  [
    '[filter "annex"]\n\tclean = git-annex smudge --clean -- %f\n\tprocess = git-annex filter-process\n',
    true,
  ],
  ['[filter "annex"]\n\tclean = touch /tmp/owned\n', false],
  ['[filter "other"]\n\tsmudge = cat\n', false],
  ["[core]\n\tfsmonitor = touch /tmp/owned\n", false],
  ["[core]\n\tsshCommand = touch /tmp/owned\n", false],
  ["[core]\n\thooksPath = hooks\n", false],
  ["[include]\n\tpath = other\n", false],
  ["[alias]\n\tannex = !touch /tmp/owned\n", false],
  ['[remote "o"]\n\turl = ext::touch /tmp/owned\n', false],
  ['[remote "o"]\n\turl = ssh://-oProxyCommand=touch/a\n', false],
  ['[remote "o"]\n\turl = /srv/a.git\n', false],
  ['[remote "o"]\n\tannex-rsync-transport = touch\n', false],
  ["[annex]\n\tfreezecontent-command = touch\n", false],
  ["[annex]\n\tyoutube-dl-command = touch\n", false],
  ["[extensions]\n\tworktreeConfig = true\n", false],
])("the config %j: harmless is %s", (text, harmless) => {
  expect(isHarmless(parseGitConfig(text))).toBe(harmless);
});
