// Loaded before the command line: the disk takes CONCORD_TEST_WRITES writes, half of the next one, and no more.
import fs from "node:fs/promises";

let left = Number(process.env.CONCORD_TEST_WRITES);
const handle = await fs.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { writeFile } = prototype;

prototype.writeFile = async function (content, ...options) {
  if (left-- > 0) return writeFile.call(this, content, ...options);
  const bytes = Buffer.from(content);
  await writeFile.call(this, bytes.subarray(0, bytes.length >> 1));
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};
