/** Before any test: the thread that reads HDF5 can only be started from its bundle. */
export async function setup(): Promise<void> {
  const { bundleHdf5 } = await import(new URL("../build/bundle.mjs", import.meta.url).href);
  await bundleHdf5();
}
