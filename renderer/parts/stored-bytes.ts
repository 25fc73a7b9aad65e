interface Stored {
  readonly path: string;
  readonly sizeBytes: number;
}

/** What images take on the disk: a file that holds several counts once. */
export function storedBytes(images: readonly Stored[]): number {
  const sizes = new Map(images.map(({ path, sizeBytes }) => [path, sizeBytes]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
