import { version } from "../../package.json";

/** Concord's version. */
export const concordVersion: string = version;
