import type { Plan } from "#app/contract/plan.ts";
import { bridge } from "#renderer/bridge.ts";
import { count } from "#renderer/parts/numbers.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

export function RegionCard({ plan }: { readonly plan: Plan }) {
  const opened = useStudy((study) => study.opened);
  const { change, preview } = usePlanDraft();
  if (opened === null) return null;
  const { region } = plan;
  const path = region.kind === "mask" ? region.path : "";
  const masks = [...new Set([...opened.dataset.masks, ...(path === "" ? [] : [path])])];
  const choose = (mask: string) =>
    change((old) => ({ ...old, region: mask === "" ? { kind: "brain" } : { kind: "mask", path: mask } }));
  async function browse(grant: string) {
    const answer = await bridge.call("mask.choose", { grant });
    if (answer.ok && answer.value !== null) choose(answer.value.path);
  }
  const voxels = preview === null ? "" : `${count(preview.voxels)} voxels of `;
  return (
    <Card
      name="Region"
      summary={`${voxels}${path === "" ? "the brain masks" : (path.split("/").at(-1) ?? path)}${preview?.resampled ? ", resampled to the nearest voxel" : ""}`}
    >
      <label>
        Mask{" "}
        <select value={path} onChange={(event) => choose(event.target.value)}>
          <option value="">Brain masks of all subjects</option>
          {masks.map((mask) => (
            <option key={mask} value={mask}>
              {mask}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => void browse(opened.grant)}>
        Choose a file…
      </button>
    </Card>
  );
}
