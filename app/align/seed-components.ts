import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, scaled, sum } from "#app/linalg/matrix.ts";
import { runInline } from "#app/linalg/task.ts";
import type { AlignSubject } from "./aligner.ts";
import { hyperalignment } from "./hyperalignment.ts";
import { signedColumns } from "./signed-columns.ts";
import { applyTransform, type Transform } from "./transform.ts";

interface SeedInput {
  /** Of each subject, T_i × V_i, z-scored; those after the first `fitted` take no part in the space. */
  readonly samples: readonly Matrix[];
  /** Of each the mean courses of all seeds, T_i × S, z-scored. */
  readonly means: readonly Matrix[];
  readonly fitted: number;
  /** Of each seed the columns around it, of each subject. */
  readonly seeds: readonly (readonly Int32Array[])[];
  readonly components: number;
}

/**
 * Principal components of what lies around seeds, that correspond between subjects (Guntupalli et al. 2018): the
 * connectivity of the voxels around a seed with all seeds' means, S × V_i, is hyperaligned between subjects, and their own
 * samples, brought to that space, along the first principal axes of its mean are the seed's courses. Of each subject T_i ×
 * (components · seeds), z-scored; a seed with fewer voxels has fewer.
 */
export function seedComponents(
  linalg: Linalg,
  { seeds, ...input }: SeedInput,
): readonly (readonly Matrix[])[] {
  const found = seeds.map((columns) => coursesOf(linalg, input, columns));
  return input.samples.map((_, at) => found.map((own) => own[at] as Matrix));
}

function coursesOf(
  linalg: Linalg,
  { samples, means, fitted, components }: Omit<SeedInput, "seeds">,
  columns: readonly Int32Array[],
): readonly Matrix[] {
  const local = samples.map((own, at) => linalg.takeColumns(own, columns[at] as Int32Array));
  const profiles = local.map((own, at): AlignSubject => {
    const products = linalg.multiply(means[at] as Matrix, own, { left: true });
    return { samples: scaled(products, 1 / own.rows), voxels: columns[at] as Int32Array, places: null };
  });
  const parameters = hyperalignment.parameters.parse({});
  const alignment = runInline(
    hyperalignment.fit(profiles.slice(0, fitted), parameters),
    hyperalignment.tasks,
    linalg,
  );
  const transforms: Transform[] = [
    ...alignment.transforms,
    ...profiles
      .slice(fitted)
      .map((own) =>
        runInline(hyperalignment.addSubject(alignment, own, parameters), hyperalignment.tasks, linalg),
      ),
  ];
  const moved = (rows: Matrix, at: number) => {
    const out = applyTransform(linalg, transforms[at] as Transform, rows);
    linalg.zscore(out);
    return out;
  };
  const aligned = profiles.slice(0, fitted).map((own, at) => moved(own.samples, at));
  const { v } = gramSvd(linalg, linalg.centre(scaled(sum(aligned), 1 / fitted)).matrix);
  const axes = signedColumns(firstColumns(v, Math.min(components, v.columns)));
  return local.map((own, at) => {
    const courses = linalg.multiply(moved(own, at), axes);
    linalg.zscore(courses);
    return courses;
  });
}
