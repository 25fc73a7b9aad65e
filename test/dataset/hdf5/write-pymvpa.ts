import { File, type Group, ready } from "h5wasm/node";

/** What can be put into a file as PyMVPA's h5save puts it. */
export type Written =
  | string
  | number
  | readonly string[]
  | { readonly array: Float32Array | Float64Array | Int32Array; readonly shape: number[] }
  | { readonly list: readonly Written[] }
  | { readonly tuple: readonly Written[] }
  | { readonly dict: Readonly<Record<string, Written>> }
  | { readonly made: string; readonly of: readonly Written[] }
  /** An object of a class that nobody should ask for. */
  | { readonly instance: string }
  /** An object that was written before, by its number; `numbered` gives one. */
  | { readonly reference: bigint }
  | { readonly numbered: bigint; readonly object: Written };

/** Writes one object as the root of a file. */
export async function writePymvpa(path: string, root: Written): Promise<void> {
  await ready;
  const file = new File(path, "w");
  file.create_attribute("__pymvpa_hdf5_version__", "2");
  file.create_attribute("__pymvpa_version__", "2.6.5");
  fill(file, root);
  file.close();
}

/** A Dataset of rows × voxels as fmri_dataset makes it, on a grid of 3 mm. */
export function dataset({
  samples,
  shape,
  indices,
  grid,
  sa,
}: {
  readonly samples: Float32Array;
  readonly shape: [rows: number, voxels: number];
  readonly indices: Int32Array;
  readonly grid: readonly [number, number, number];
  readonly sa: Readonly<Record<string, Written>>;
}): Written {
  const kept = (made: string, values: Readonly<Record<string, Written>>): Written => ({
    dict: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        { made, of: [value, name, { instance: "NoneType" }] },
      ]),
    ),
  });
  const affine = Float64Array.of(-3, 0, 0, 90, 0, 3, 0, -126, 0, 0, 3, -72, 0, 0, 0, 1);
  return {
    made: "Dataset",
    of: [
      { array: samples, shape },
      kept("ArrayCollectable", sa),
      kept("ArrayCollectable", { voxel_indices: { array: indices, shape: [shape[1], 3] } }),
      kept("Collectable", { voxel_dim: { tuple: grid }, imgaffine: { array: affine, shape: [4, 4] } }),
    ],
  };
}

function put(group: Group, name: string, value: Written): void {
  if (typeof value === "object" && "reference" in value) {
    group.create_attribute(name, BigInt64Array.of(value.reference), [], "<q");
    return;
  }
  const [number, object] =
    typeof value === "object" && "numbered" in value ? [value.numbered, value.object] : [null, value];
  let place: { create_attribute: Group["create_attribute"] };
  if (typeof object === "string" || typeof object === "number") {
    place = group.create_dataset({ name, data: object, shape: [] }) as never;
  } else if (Array.isArray(object)) {
    place = group.create_dataset({ name, data: [...(object as string[])], dtype: "A16" }) as never;
  } else if (typeof object === "object" && "array" in object) {
    place = group.create_dataset({ name, data: object.array, shape: object.shape }) as never;
  } else {
    const inner = group.create_group(name) as Group;
    fill(inner, object);
    place = inner;
  }
  if (number !== null) place.create_attribute("objref", BigInt64Array.of(number), [], "<q");
}

function fill(group: Group, value: Written): void {
  if (typeof value !== "object" || Array.isArray(value)) throw new RangeError("the root is a group");
  const as = (kind: string, name: string, module: string) => {
    group.create_attribute(kind, name);
    group.create_attribute("module", module);
  };
  const items = (values: readonly Written[], inside: Group) => {
    inside.create_attribute("length", BigInt64Array.of(BigInt(values.length)), [], "<q");
    const holder = inside.create_group("items") as Group;
    for (const [at, item] of values.entries()) put(holder, String(at), item);
    return holder;
  };
  if ("numbered" in value) {
    group.create_attribute("objref", BigInt64Array.of(value.numbered), [], "<q");
    fill(group, value.object);
  } else if ("list" in value) {
    as("class", "list", "builtins");
    items(value.list, group);
  } else if ("tuple" in value) {
    as("class", "tuple", "builtins");
    items(value.tuple, group);
  } else if ("dict" in value) {
    as("class", "dict", "builtins");
    const pairs = Object.entries(value.dict).map(([key, inner]) => ({ tuple: [key, inner] }));
    items(pairs, group).create_attribute("__keys_in_tuple__", Int32Array.of(1), [], "<i");
  } else if ("made" in value) {
    as("recon", value.made, "mvpa2.base");
    items(value.of, group.create_group("rcargs") as Group);
  } else if ("instance" in value) {
    as("class", value.instance, "os");
  } else throw new RangeError("the root is a group");
}
