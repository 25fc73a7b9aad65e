/** "time segments of 10 samples", of one "single samples". */
export function segmentWords(length: number): string {
  return length === 1 ? "single samples" : `time segments of ${length} samples`;
}
