import type { Opened } from "#app/contract/calls.ts";
import { columnNoun } from "#app/contract/column-noun.ts";
import type { Plan, Region } from "#app/contract/plan.ts";
import type { Preview } from "#app/contract/preview.ts";
import { bridge } from "#renderer/bridge.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { count } from "#renderer/parts/numbers.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { RegionLabels } from "#renderer/screens/align/region-labels.tsx";
import { RegionParcels } from "#renderer/screens/align/region-parcels.tsx";
import { RegionSphere } from "#renderer/screens/align/region-sphere.tsx";
import { drawingImage, regionWords, startingRegion } from "#renderer/screens/align/region-words.ts";
import { useDrawing } from "#renderer/state/drawing.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

const KINDS: Record<Region["kind"], string> = {
  brain: "Brain",
  mask: "Mask file",
  labels: "Atlas",
  sphere: "Sphere",
  parcels: "Parcels",
};

export function RegionCard({ plan }: { readonly plan: Plan }) {
  const opened = useStudy((study) => study.opened);
  const { change, preview } = usePlanDraft();
  if (opened === null) return null;
  const { region } = plan;
  const noun = columnNoun(opened.dataset.files[0]?.grid ?? { kind: "volume" }).many;
  const image = drawingImage(opened.dataset, plan);
  const set = (next: Region) => change((old) => ({ ...old, region: next }));
  async function choose(kind: Region["kind"], { grant, dataset }: Opened) {
    const start = startingRegion(kind, dataset, plan);
    if (start !== null) return set(start);
    const what = kind === "labels" ? "labels" : "mask";
    const answer = await bridge.call("plan.choose", { grant, what });
    if (!answer.ok || answer.value === null) return;
    const { path } = answer.value;
    set(what === "mask" ? { kind: "mask", path } : { kind: "labels", path, table: null, labels: [] });
  }
  return (
    <Card
      name="Region"
      summary={`${voxelWords(preview, noun)}${regionWords(region, opened.dataset)}${resampledWords(preview)}`}
    >
      <fieldset className="choice" aria-label="Kind of region">
        {(Object.keys(KINDS) as Region["kind"][]).map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={region.kind === kind}
            onClick={() => region.kind !== kind && void choose(kind, opened)}
          >
            {KINDS[kind]}
          </button>
        ))}
        {image !== undefined && (
          <button
            type="button"
            title={
              region.kind === "mask" ? `Starts from ${fileName(region.path)}` : "A mask, by hand on the brain"
            }
            onClick={() => useDrawing.getState().change({ open: image.path })}
          >
            Draw…
          </button>
        )}
      </fieldset>
      {image === undefined && (
        <p className="quiet">No region can be drawn: these images have no places in a volume.</p>
      )}
      {region.kind === "brain" && (
        <p className="quiet">The {noun} that every subject has: those in its brain mask, where it has one.</p>
      )}
      {region.kind === "mask" && <MaskFields opened={opened} path={region.path} set={set} />}
      {region.kind === "labels" && <RegionLabels opened={opened} plan={plan} region={region} set={set} />}
      {region.kind === "sphere" && <RegionSphere region={region} set={set} />}
      {region.kind === "parcels" && <RegionParcels plan={plan} region={region} set={set} />}
    </Card>
  );
}

interface MaskProps {
  readonly opened: Opened;
  readonly path: string;
  readonly set: (region: Region) => void;
}

function MaskFields({ opened, path, set }: MaskProps) {
  const masks = [...new Set([...opened.dataset.masks, path])];
  async function browse() {
    const answer = await bridge.call("plan.choose", { grant: opened.grant, what: "mask" });
    if (answer.ok && answer.value !== null) set({ kind: "mask", path: answer.value.path });
  }
  return (
    <div className="row">
      <label>
        Mask{" "}
        <select
          value={path}
          title={path}
          onChange={(event) => set({ kind: "mask", path: event.target.value })}
        >
          {masks.map((mask) => (
            <option key={mask} value={mask}>
              {mask}
            </option>
          ))}
        </select>
      </label>
      <button type="button" aria-label={`Another mask than ${fileName(path)}`} onClick={() => void browse()}>
        Choose a file…
      </button>
    </div>
  );
}

function voxelWords(preview: Preview | null, noun: string): string {
  if (preview === null) return "";
  return `${preview.voxelsAtMost ? "at most " : ""}${count(preview.voxels)} ${noun} of `;
}

function resampledWords(preview: Preview | null): string {
  return preview?.resampled ? ", resampled to the nearest voxel" : "";
}
