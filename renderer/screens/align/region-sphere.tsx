import type { Region, RegionOf } from "#app/contract/plan.ts";

interface Props {
  readonly region: RegionOf<"sphere">;
  readonly set: (region: Region) => void;
}

const AXES = ["x", "y", "z"] as const;

/** A centre in mm, as the crosshair of Inspect tells it, and a radius. */
export function RegionSphere({ region, set }: Props) {
  const { centreMm, radiusMm } = region;
  const move = (axis: number, value: number) => {
    const [x, y, z] = centreMm.map((mm, at) => (at === axis ? value : mm));
    set({ ...region, centreMm: [x ?? 0, y ?? 0, z ?? 0] });
  };
  return (
    <div className="row">
      {AXES.map((axis, at) => (
        <label key={axis}>
          {axis}{" "}
          <input
            type="number"
            aria-label={`Centre of the sphere, ${axis}, mm`}
            step={1}
            value={centreMm[at]}
            onChange={(event) => move(at, event.target.valueAsNumber || 0)}
          />
        </label>
      ))}
      <span>mm</span>
      <label>
        radius{" "}
        <input
          type="number"
          aria-label="Radius of the sphere, mm"
          min={0.5}
          max={1000}
          step={0.5}
          value={radiusMm}
          onChange={(event) => set({ ...region, radiusMm: Math.max(0.5, event.target.valueAsNumber || 0.5) })}
        />{" "}
        mm
      </label>
    </div>
  );
}
