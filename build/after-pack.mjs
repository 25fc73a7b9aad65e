/** electron-builder's hook between packing and signing: a fuse that is set later would break the signature. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setReleaseFuses } from "./fuses.mjs";

export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  // The two halves of a universal application; the whole comes here once more.
  if (appOutDir.endsWith("-temp")) return;
  const { productFilename } = packager.appInfo;
  // Electron's own welcome, which nobody should meet.
  await rm(join(packager.getResourcesDir(appOutDir), "default_app.asar"), { force: true });
  const names = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` };
  await setReleaseFuses(join(appOutDir, names[electronPlatformName] ?? packager.executableName));
}
