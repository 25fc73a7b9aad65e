import { Fault } from "./fault.ts";

/** What a failure to write below `path` means: a Fault, or the error itself where it is about something else. */
export function writingFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === "ENOTDIR" || code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new Fault("results/read-only", { path });
  // The last is a limit of one file's size, of the file system or the user: another disk helps there too.
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return new Fault("results/disk-full", { path });
  return error;
}

/** The system's code of an error: "ENOSPC". */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
