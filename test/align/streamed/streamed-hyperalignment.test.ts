import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { HyperalignmentParameters } from "#app/align/hyperalignment-parameters.ts";
import type { StreamedTransform } from "#app/align/streamed/streamed-alignment.ts";
import { applyStreamed } from "#app/align/streamed/streamed-apply.ts";
import { streamedHyperalignment } from "#app/align/streamed/streamed-hyperalignment.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { matrixFrom, single, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { apart, whole, written } from "#test/align/streamed/panel-matrices.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const [ROWS, VOXELS, SUBJECTS] = [12, 90, 4];

/** What all share, in voxels of their own, and noise; as it is stored. */
const subjects = Array.from({ length: SUBJECTS }, (_, subject) => {
  const shared = portable.multiply(noise(ROWS, 5, 1), noise(5, VOXELS, 10 + subject));
  const own = noise(ROWS, VOXELS, 20 + subject);
  const data = Float64Array.from(shared.data, (value, at) =>
    Math.fround(value + 0.5 * (own.data[at] as number) + 3),
  );
  return { rows: ROWS, columns: VOXELS, data };
});

describe("hyperalignment of files", () => {
  test.each([
    {},
    { zscoreCommon: false, equalWeights: true },
    { level2Iterations: 0, order: "shuffled", reference: 2 },
    { level2Iterations: 3, scaling: false },
    { completion: "thin", order: "reversed" },
  ])("makes the space, and moves other rows, as in memory: %o", async (change) => {
    const parameters = HyperalignmentParameters.parse(change);
    const folder = temporaryFolder("streamed");
    const files = subjects.map((matrix, at) => written(folder, `samples ${at}`, matrix));
    const { space, transforms } = await inline.drive(
      streamedHyperalignment(files, parameters, (name) => join(folder, name)),
    );
    const expected = runInline(
      hyperalignment.fit(
        subjects.map((matrix) => alignSubject(matrix)),
        parameters,
      ),
      hyperalignment.tasks,
      portable,
    );
    expect(apart(whole(space), expected.commonSpace)).toBeLessThan(2e-6);
    for (const [at, transform] of transforms.entries()) {
      const rows = noise(7, VOXELS, 100 + at);
      const held = written(folder, "held", rows);
      const out = written(folder, "moved", zeros(7, VOXELS));
      await inline.drive(applyStreamed(transform as StreamedTransform, held, out));
      const wanted = applyTransform(
        portable,
        expected.transforms[at] as Transform,
        matrixFrom(7, VOXELS, single(rows).data),
      );
      expect(apart(whole(out), wanted)).toBeLessThan(5e-6);
    }
  });
});
