/** From one volume of a run, as they are kept, up to another, which is not included. */
export type VolumeSpan = readonly [from: number, to: number];

/** Part of a run: so many of its volumes, as they are kept; mostly all of them. */
export interface RunPart {
  readonly run: string;
  readonly from: number;
  readonly to: number;
}

/** A run and how many volumes are kept of it. */
export interface RunLength {
  readonly run: string;
  readonly volumes: number;
}
