import { afterAll } from "vitest";
import { removeTemporaryFolders } from "./temporary-folder.ts";

/** Of each file of tests, for files share a process that may be killed rather than end. */
afterAll(removeTemporaryFolders);
