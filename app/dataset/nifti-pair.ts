const ending = /\.(hdr|img)(\.gz)?$/i;

/** Whether a file is one of the two that a NIfTI image may lie in. */
export function isPair(path: string): boolean {
  return ending.test(path);
}

/** Where an image's header and its values lie: in one file, or in a pair of .hdr and .img. */
export function niftiFiles(path: string): { readonly header: string; readonly values: string } {
  const found = ending.exec(path);
  if (found === null) return { header: path, values: path };
  const [, kind = "", packed = ""] = found;
  const named = (name: string) => {
    const own = kind === kind.toUpperCase() ? name.toUpperCase() : name;
    return `${path.slice(0, found.index)}.${own}${packed}`;
  };
  return { header: named("hdr"), values: named("img") };
}
