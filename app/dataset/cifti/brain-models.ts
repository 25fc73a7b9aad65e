import { Fault } from "#app/contract/fault.ts";
import type { XmlToken } from "#app/dataset/xml-tokens.ts";

/** Consecutive columns of one brain structure. */
export interface BrainModel {
  /** "CORTEX_LEFT", "THALAMUS_RIGHT"… */
  readonly structure: string;
  /** Of the whole surface; null of voxels. */
  readonly surfaceVertices: number | null;
  readonly offset: number;
  readonly count: number;
  /** Of each column: its vertex, or its voxel's i, j and k. */
  readonly indices: readonly number[];
}

interface Volume {
  readonly dimensions: readonly number[];
  /** 4 × 4, row-major, and the power of ten of a metre that it is in. */
  readonly affine: readonly number[];
  readonly meterExponent: number;
}

const LISTS = ["VertexIndices", "VoxelIndicesIJK", "TransformationMatrixVoxelIndicesIJKtoXYZ"];
/** Finer than any surface in use; a set of so many vertices is small. */
const MOST_VERTICES = 2 ** 24;

/** Takes the tokens of a map of brain models, and checks it. Its methods throw Fault image/unreadable. */
export class BrainModels {
  readonly #path: string;
  readonly #columns: number;
  readonly #models: BrainModel[] = [];
  #volume: Volume | null = null;
  #opened: Extract<XmlToken, { readonly kind: "open" }> | null = null;
  #model: Omit<BrainModel, "indices"> | null = null;
  #dimensions: number[] = [];
  #meterExponent = 0;
  #numbers: number[] = [];
  #rest = "";

  constructor(path: string, columns: number) {
    this.#path = path;
    this.#columns = columns;
  }

  take(token: XmlToken): void {
    if (token.kind === "open") this.#open(token);
    else if (token.kind === "text" && LISTS.includes(this.#opened?.name ?? "")) this.#takeNumbers(token.text);
    else if (token.kind === "close") this.#close(token.name);
  }

  /** The models by their columns, and the volume that voxels lie in. */
  finish(): { readonly models: readonly BrainModel[]; readonly volume: Volume | null } {
    const models = this.#models.toSorted((a, b) => a.offset - b.offset);
    let next = 0;
    for (const { offset, count, structure } of models) {
      if (offset !== next) throw this.#odd(`${structure} starts at column ${offset}, not at ${next}`);
      next += count;
    }
    if (next !== this.#columns)
      throw this.#odd(`they count ${next} columns, and the image has ${this.#columns}`);
    for (const model of models) this.#checkIndices(model);
    return { models, volume: this.#volume };
  }

  #open(token: Extract<XmlToken, { readonly kind: "open" }>): void {
    const { name, attributes } = token;
    this.#opened = token;
    this.#numbers = [];
    this.#rest = "";
    if (name === "Volume") this.#dimensions = (attributes.VolumeDimensions ?? "").split(",").map(Number);
    if (name === "TransformationMatrixVoxelIndicesIJKtoXYZ") {
      this.#meterExponent = Number(attributes.MeterExponent);
    }
    if (name !== "BrainModel") return;
    const [offset, count] = [Number(attributes.IndexOffset), Number(attributes.IndexCount)];
    const surface = attributes.ModelType === "CIFTI_MODEL_TYPE_SURFACE";
    const surfaceVertices = surface ? Number(attributes.SurfaceNumberOfVertices) : null;
    const structure = (attributes.BrainStructure ?? "").replace(/^CIFTI_STRUCTURE_/, "");
    const sizes = [offset, count, surfaceVertices ?? 1];
    if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0) || structure === "") {
      throw this.#odd("one says no structure, offset or count");
    }
    this.#model = { structure, surfaceVertices, offset, count };
  }

  #close(name: string): void {
    if (name !== this.#opened?.name) return;
    this.#takeNumbers(" ");
    if (name === "TransformationMatrixVoxelIndicesIJKtoXYZ") {
      this.#volume = {
        dimensions: this.#dimensions,
        affine: this.#numbers,
        meterExponent: this.#meterExponent,
      };
    } else if (this.#model !== null && LISTS.includes(name)) {
      this.#models.push({ ...this.#model, indices: this.#numbers });
      this.#model = null;
    }
    this.#opened = null;
  }

  #takeNumbers(text: string): void {
    const words = (this.#rest + text).split(/\s+/);
    this.#rest = words.pop() ?? "";
    for (const word of words) if (word !== "") this.#numbers.push(Number(word));
    // Three for each voxel, or a matrix.
    if (this.#numbers.length > Math.max(16, 3 * this.#columns))
      throw this.#odd("they list more than the image has");
  }

  #checkIndices({ structure, surfaceVertices, count, indices }: BrainModel): void {
    const each = surfaceVertices === null ? 3 : 1;
    if (indices.length !== each * count) {
      throw this.#odd(`${structure} has ${count} columns and lists ${indices.length / each}`);
    }
    const dimensions = surfaceVertices === null ? (this.#volume?.dimensions ?? []) : [surfaceVertices];
    if (surfaceVertices !== null && surfaceVertices > MOST_VERTICES) {
      throw this.#odd(`${structure} has ${surfaceVertices} vertices`);
    }
    const known = new Set<number>();
    for (let at = 0; at < indices.length; at += each) {
      let linear = 0;
      for (let axis = each - 1; axis >= 0; axis--) {
        const index = indices[at + axis] as number;
        const extent = dimensions[axis] ?? 0;
        if (!Number.isInteger(index) || index < 0 || index >= extent) {
          throw this.#odd(`${structure} lists what lies outside its ${each === 1 ? "surface" : "volume"}`);
        }
        linear = linear * extent + index;
      }
      if (known.has(linear)) throw this.#odd(`${structure} lists one place twice`);
      known.add(linear);
    }
  }

  #odd(what: string): Fault {
    return new Fault("image/unreadable", {
      path: this.#path,
      detail: `its brain models can't be right: ${what}`,
    });
  }
}
