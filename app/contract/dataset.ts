/** Dimensions (i, j, k) and the 4×4 affine (row-major, voxel index → mm). */
export interface Grid {
  readonly dimensions: readonly [number, number, number];
  readonly affine: readonly number[];
}

export interface Problem {
  readonly severity: "note" | "warning" | "error";
  readonly subject?: string;
  readonly run?: string;
  /** What is odd, and why it matters: whole sentences. */
  readonly text: string;
}

/** One functional image. `run` joins its entities but subject, space, resolution and description: "task-faces_run-1". */
export interface RunFile {
  readonly subject: string;
  readonly run: string;
  readonly path: string;
  readonly maskPath: string | null;
  readonly eventsPath: string | null;
  readonly volumes: number;
  readonly repetitionTimeSeconds: number | null;
  readonly grid: Grid;
  readonly sizeBytes: number;
}

/** What a folder holds, known from names and headers, before any voxel is read. */
export interface Dataset {
  readonly path: string;
  readonly name: string;
  readonly reader: string;
  readonly space: string | null;
  readonly subjects: readonly string[];
  readonly runs: readonly string[];
  readonly files: readonly RunFile[];
  readonly backgroundPath: string | null;
  readonly problems: readonly Problem[];
}

/** Reads one layout. To add a layout or format, write one more file with one of these. */
export interface Reader {
  readonly name: string;
  /** Whether the folder looks like this reader's, cheaply. */
  recognise(path: string): Promise<boolean>;
  describe(path: string): Promise<Dataset>;
}
