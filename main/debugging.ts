const SWITCH = /^--?(inspect|remote-debugging)/;

/**
 * Whether an installed application was started to be looked into or driven by another program. Electron's inspector
 * fuse, off in the release, stops --inspect alone: whoever may not have that may not have the window's debugger
 * either. A build for tests has the fuse on, and then the inspector is up.
 */
export function isForbiddenDebugging(
  args: readonly string[],
  { isPackaged, inspectorUrl }: { readonly isPackaged: boolean; readonly inspectorUrl: string | undefined },
): boolean {
  return isPackaged && inspectorUrl === undefined && args.some((argument) => SWITCH.test(argument));
}
