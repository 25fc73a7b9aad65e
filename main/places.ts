import { join } from "node:path";
import { app } from "electron";

/** Where things lie: below the project's folder while developing, below the resources in the packaged app. */
export function places() {
  const root = app.getAppPath();
  const user = app.getPath("userData");
  const data = app.isPackaged ? join(process.resourcesPath, "data") : join(root, "build", "data");
  return {
    /** Holds out/ and, while developing, the addon. */
    root,
    data,
    /** The background where a dataset has none. */
    template: join(data, "mni152-nlin2009asym_t1.nii.gz"),
    runs: join(user, "runs"),
    log: join(user, "logs", "concord.log"),
    recent: join(user, "recent.json"),
    window: join(user, "window.json"),
    example: join(user, "concord-example"),
  };
}
