import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Format } from "./format.ts";
import { describeHemisphere, type Hemisphere, hemisphereVolumes } from "./gifti/hemisphere.ts";
import { placeless } from "./placeless-grid.ts";

/** GIfTI, packed by gzip or not: a file is one hemisphere's image, two are one image with the left's vertices first. */
export const giftiFormat: Format = {
  name: "gifti",
  extensions: [".gii", ".gii.gz"],
  recognise: (fileName, head) => /\.gii(\.gz)?$/i.test(fileName) || /<GIFTI\s/.test(textOf(head)),
  async describe(path, companionPath) {
    const first = await describeHemisphere(path);
    const second = companionPath === null ? null : await describeHemisphere(companionPath);
    if (second !== null) refuseOddPair(path, first, second);
    const [time, other] = [first.repetitionTimeSeconds, second?.repetitionTimeSeconds ?? null];
    return [
      {
        part: "",
        subject: null,
        run: null,
        rows: null,
        volumes: first.volumes,
        repetitionTimeSeconds: time ?? other,
        grid: gridOf(first, second),
        labels: [],
        treatments: [],
        sizeBytes: first.sizeBytes + (second?.sizeBytes ?? 0),
        remarks: [],
      },
    ];
  },
  voxels: async () => null,
  async eachVolume({ path, companionPath, volumes, grid }, voxels, visit, signal) {
    const left = hemisphereVolumes(path, signal);
    const right = companionPath === null ? null : hemisphereVolumes(companionPath, signal);
    const values = new Float32Array(voxels.length);
    try {
      for (let row = 0; row < volumes; row++) {
        const first = await next(left, path, row, volumes);
        const second = right === null ? null : await next(right, companionPath ?? "", row, volumes);
        if (first.length + (second?.length ?? 0) !== grid.dimensions[0]) {
          throw new Fault("image/unreadable", {
            path,
            detail: "it has changed since the dataset was opened",
          });
        }
        for (let v = 0; v < values.length; v++) {
          const vertex = voxels[v] as number;
          values[v] = (vertex < first.length ? first[vertex] : second?.[vertex - first.length]) as number;
        }
        visit(values, row);
      }
    } finally {
      // Closes the files.
      await left.return(undefined);
      await right?.return(undefined);
    }
  },
};

async function next(
  hemisphere: AsyncGenerator<Float32Array>,
  path: string,
  row: number,
  volumes: number,
): Promise<Float32Array> {
  const { done, value } = await hemisphere.next();
  if (!done) return value;
  throw new Fault("image/unreadable", { path, detail: `it holds ${row} volumes and says ${volumes}` });
}

function refuseOddPair(path: string, left: Hemisphere, right: Hemisphere): void {
  const refuse = (detail: string) => new Fault("image/unreadable", { path, detail });
  if (left.side === "right" || right.side === "left") {
    throw refuse("the hemispheres are not those that the names of their files say");
  }
  if (left.volumes !== right.volumes) {
    throw refuse(`the left hemisphere has ${left.volumes} volumes and the right ${right.volumes}`);
  }
  const [l, r] = [left.repetitionTimeSeconds, right.repetitionTimeSeconds];
  if (l !== null && r !== null && l !== r) {
    throw refuse(`the repetition time of the left hemisphere is ${l} s and that of the right ${r} s`);
  }
}

function gridOf(first: Hemisphere, second: Hemisphere | null): Grid {
  const alone = first.side === null ? "cortex" : `${first.side} cortex`;
  return placeless("surface", [
    { name: second === null ? alone : "left cortex", columns: first.vertices },
    ...(second === null ? [] : [{ name: "right cortex", columns: second.vertices }]),
  ]);
}

function textOf(head: Uint8Array): string {
  return new TextDecoder().decode(head);
}
