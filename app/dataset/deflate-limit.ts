/** DEFLATE cannot shrink more than this; its containers add a small header and trailer. */
const largestRatio = 1032;
const slackBytes = 1 << 16;

/** The most bytes that a packed stream of so many bytes can hold: who claims more lies, or was cut. */
export function mostUnpackedBytes(packedBytes: number): number {
  return packedBytes * largestRatio + slackBytes;
}
