/** One second-order section of a digital filter: numerator b, denominator 1 + a1·z⁻¹ + a2·z⁻². */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

const ORDER = 5;

/** What scipy pads each end by: 3·(2·sections + 1 − 1), one section being of first order. A run has to be longer. */
export const paddedRows = 3 * (ORDER + 1);

/**
 * A Butterworth high-pass filter of order 5, as `scipy.signal.butter(5, cutoff, "high", fs=…, output="sos")` designs it:
 * the analogue low-pass prototype's poles, turned to a high-pass at the pre-warped frequency, by the bilinear transform
 * (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.2). All zeros lie at z = 1.
 * @param cutoff part of the sampling rate, above 0 and below 0.5
 */
export function highPassSections(cutoff: number): Section[] {
  // With s = (z − 1) / (z + 1) a frequency f stands at tan(πf).
  const warped = Math.tan(Math.PI * cutoff);
  const sections: Section[] = [];
  for (let m = 0; m < ORDER; m += 2) {
    const angle = (Math.PI * m) / (2 * ORDER);
    if (m === 0) {
      // The real pole at s = −w.
      const gain = 1 / (1 + warped);
      sections.push({ b0: gain, b1: -gain, b2: 0, a1: -(1 - warped) * gain, a2: 0 });
      continue;
    }
    // The pair s² + 2w·cos(angle)·s + w².
    const damping = 2 * warped * Math.cos(angle);
    const gain = 1 / (1 + damping + warped ** 2);
    sections.push({
      b0: gain,
      b1: -2 * gain,
      b2: gain,
      a1: 2 * (warped ** 2 - 1) * gain,
      a2: (1 - damping + warped ** 2) * gain,
    });
  }
  return sections;
}

/**
 * Filters every column of row-major `values` (rows × columns) in place, forwards and backwards, so that nothing is
 * delayed: as `scipy.signal.sosfiltfilt` with its odd extension of the ends. `rows` has to be above `paddedRows`.
 */
export function filterBothWays(
  values: Float64Array,
  rows: number,
  columns: number,
  sections: readonly Section[],
): void {
  const all = rows + 2 * paddedRows;
  const padded = new Float64Array(all * columns);
  padded.set(values, paddedRows * columns);
  const last = (rows - 1) * columns;
  for (let step = 1; step <= paddedRows; step++) {
    const before = (paddedRows - step) * columns;
    const after = (paddedRows + rows - 1 + step) * columns;
    for (let c = 0; c < columns; c++) {
      padded[before + c] = 2 * (values[c] as number) - (values[step * columns + c] as number);
      padded[after + c] = 2 * (values[last + c] as number) - (values[last - step * columns + c] as number);
    }
  }
  filterOneWay(padded, columns, sections, 0, 1);
  filterOneWay(padded, columns, sections, all - 1, -1);
  values.set(padded.subarray(paddedRows * columns, (paddedRows + rows) * columns));
}

/**
 * Runs the sections over all rows from `first` on by `step`, each by its transposed direct form II. The state begins as
 * if the first value had stood there for ever (`sosfilt_zi`): the zeros at z = 1 make all outputs 0 then.
 */
function filterOneWay(
  values: Float64Array,
  columns: number,
  sections: readonly Section[],
  first: number,
  step: 1 | -1,
): void {
  const rows = values.length / columns;
  const near = new Float64Array(columns);
  const far = new Float64Array(columns);
  for (const [at, { b0, b1, b2, a1, a2 }] of sections.entries()) {
    for (let c = 0; c < columns; c++) {
      const stood = at === 0 ? (values[first * columns + c] as number) : 0;
      near[c] = (b1 + b2) * stood;
      far[c] = b2 * stood;
    }
    for (let done = 0, row = first; done < rows; done++, row += step) {
      const start = row * columns;
      for (let c = 0; c < columns; c++) {
        const x = values[start + c] as number;
        const y = b0 * x + (near[c] as number);
        near[c] = b1 * x - a1 * y + (far[c] as number);
        far[c] = b2 * x - a2 * y;
        values[start + c] = y;
      }
    }
  }
}
