import { expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { applyComponents, streamedComponents } from "#app/align/streamed/streamed-components.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { matrixFrom, single } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { apart, written } from "#test/align/streamed/panel-matrices.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const [ROWS, VOXELS] = [14, 90];
const subjects = Array.from({ length: 4 }, (_, subject) => {
  const shared = portable.multiply(noise(ROWS, 4, 1), noise(4, VOXELS, 10 + subject));
  const own = noise(ROWS, VOXELS, 20 + subject);
  return matrixFrom(
    ROWS,
    VOXELS,
    shared.data.map((value, at) => Math.fround(value + 0.3 * (own.data[at] as number) + 2)),
  );
});

test.each([
  ["srm", { components: 3, iterations: 20 }],
  ["deterministic-srm", { components: 3 }],
  ["weighted-mcca", { components: 4 }],
])("%s of files is what it is in memory, and moves other rows as there", async (name, given) => {
  const aligner = aligners[name] as Aligner;
  const parameters = aligner.parameters.parse(given);
  const folder = temporaryFolder("components");
  const files = subjects.map((matrix, at) => written(folder, `samples ${at}`, matrix));
  const found = await inline.drive(streamedComponents(aligner, files, parameters));
  const expected = runInline(
    aligner.fit(
      subjects.map((matrix) => alignSubject(matrix)),
      parameters,
    ),
    aligner.tasks,
    portable,
  );
  expect(apart(found.commonSpace, expected.commonSpace)).toBeLessThan(1e-8);
  for (const [at, transform] of found.transforms.entries()) {
    const rows = single(noise(7, VOXELS, 100 + at));
    const held = written(folder, "held", matrixFrom(7, VOXELS, rows.data));
    const wanted = applyTransform(
      portable,
      expected.transforms[at] as Transform,
      matrixFrom(7, VOXELS, rows.data),
    );
    expect(apart(await inline.drive(applyComponents(transform, held)), wanted)).toBeLessThan(1e-7);
  }
});
