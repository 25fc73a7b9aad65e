import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";

/**
 * git-annex's name of a content: BACKEND[-sSIZE][-mMTIME][-SCHUNK-CN]--NAME (git-annex, internals/key_format). Sizes in
 * bytes, the time in seconds since 1970.
 */
export interface AnnexKey {
  readonly backend: string;
  readonly sizeBytes: number | null;
  readonly modifiedSeconds: number | null;
  readonly chunkBytes: number | null;
  readonly chunk: number | null;
  readonly name: string;
}

/** A key as it stands in a file's name; null where it is none or could name another place. */
export function parseKey(text: string): AnnexKey | null {
  const found = /^([A-Z][A-Z0-9_]*)((?:-[smSC]\d{1,15})*)--(.+)$/s.exec(text);
  if (found === null || text.length > 1000) return null;
  const [, backend = "", fields = "", name = ""] = found;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not stand in a name
  if (/[/\\\u0000-\u001f]/.test(name)) return null;
  const values = new Map<string, number>();
  for (const [, field = "", value] of fields.matchAll(/-([smSC])(\d+)/g)) {
    if (values.has(field)) return null;
    values.set(field, Number(value));
  }
  const field = (letter: string): number | null => values.get(letter) ?? null;
  const key = {
    backend,
    sizeBytes: field("s"),
    modifiedSeconds: field("m"),
    chunkBytes: field("S"),
    chunk: field("C"),
    name,
  };
  // Fields in another order than git-annex writes them would be another key than the text.
  return formatKey(key) === text ? key : null;
}

export function formatKey({
  backend,
  sizeBytes,
  modifiedSeconds,
  chunkBytes,
  chunk,
  name,
}: AnnexKey): string {
  const field = (letter: string, value: number | null) => (value === null ? "" : `-${letter}${value}`);
  const fields = [
    field("s", sizeBytes),
    field("m", modifiedSeconds),
    field("S", chunkBytes),
    field("C", chunk),
  ];
  return `${backend}${fields.join("")}--${name}`;
}

/** The directories of a key in bare repositories, special remotes and the git-annex branch: "f87/4d5". */
export function hashDirLower(key: string): string {
  const hex = md5Of(key).toString("hex");
  return `${hex.slice(0, 3)}/${hex.slice(3, 6)}`;
}

/** The directories of a key in repositories with a work tree: "pX/1J" (git-annex, internals/hashing). */
export function hashDirMixed(key: string): string {
  const word = md5Of(key).readUInt32LE(0);
  const letter = (place: number) => "0123456789zqjxkmvwgpfZQJXKMVWGPF"[(word >>> (6 * place)) & 31];
  return `${letter(1)}${letter(0)}/${letter(3)}${letter(2)}`;
}

function md5Of(key: string): Buffer {
  return createHash("md5").update(key, "utf8").digest();
}

const ALGORITHMS: Readonly<Record<string, { readonly algorithm: string; readonly digits: number }>> = {
  MD5: { algorithm: "md5", digits: 32 },
  SHA1: { algorithm: "sha1", digits: 40 },
  SHA224: { algorithm: "sha224", digits: 56 },
  SHA256: { algorithm: "sha256", digits: 64 },
  SHA384: { algorithm: "sha384", digits: 96 },
  SHA512: { algorithm: "sha512", digits: 128 },
};

/** The hash that a key's name holds, its extension (of backends that end in E) taken off; null where it holds none. */
export function keyHash({ backend, name }: AnnexKey): { hash: Hash; expected: string } | null {
  const known = ALGORITHMS[backend.replace(/E$/, "")];
  if (known === undefined) return null;
  const expected = name.slice(0, known.digits);
  const rest = name.slice(known.digits);
  if (!/^[0-9a-f]+$/.test(expected) || expected.length !== known.digits) return null;
  if (rest !== "" && !(backend.endsWith("E") && rest.startsWith("."))) return null;
  return { hash: createHash(known.algorithm), expected };
}

/** Whether a file holds the content that a key names: its size and its hash, read once. False where it has no hash. */
export async function verifyFile(path: string, key: AnnexKey, signal?: AbortSignal): Promise<boolean> {
  const found = keyHash(key);
  if (found === null) return false;
  let bytes = 0;
  for await (const part of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
    bytes += (part as Buffer).length;
    if (key.sizeBytes !== null && bytes > key.sizeBytes) return false;
    found.hash.update(part as Buffer);
  }
  return (key.sizeBytes ?? bytes) === bytes && found.hash.digest("hex") === found.expected;
}
