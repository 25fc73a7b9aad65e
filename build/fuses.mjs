/** Electron's fuses: what the release may and may not do, whatever it is started with. */
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from "@electron/fuses";

/** Every fuse there is, so that a new one must be thought about. */
const RELEASE = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** Sets the release's fuses: all those that this Electron has. Fails on one that is not in the table. */
export async function setReleaseFuses(executable) {
  const there = Object.keys(await getCurrentFuseWire(executable));
  const fuses = Object.fromEntries(Object.entries(RELEASE).filter(([fuse]) => there.includes(fuse)));
  await flipFuses(executable, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...fuses });
}

/** Lets Playwright in, as tests need, and changes nothing else. */
export async function allowInspector(executable) {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Else Apple silicon refuses the changed file; a build for tests has no signature to lose.
    resetAdHocDarwinSignature: process.platform === "darwin",
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** The fuses of a binary by name: true for on, false for off, null for one that this Electron has not. */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const named = Object.keys(RELEASE).map((fuse) => {
    const state = wire[fuse];
    if (state === FuseState.ENABLE) return [FuseV1Options[fuse], true];
    return [FuseV1Options[fuse], state === FuseState.DISABLE ? false : null];
  });
  return Object.fromEntries(named);
}
