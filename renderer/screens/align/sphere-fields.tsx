import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";

/** Spheres around voxels, in mm. */
interface Spheres {
  readonly radiusMm: number;
  readonly spacingMm: number | null;
}

interface Props {
  readonly spheres: Spheres;
  /** "Not at every voxel: centres at most". */
  readonly spacingLabel: string;
  readonly mostSpacingMm: number;
  /** Whether the radius is one of several that are tried, and not given here. */
  readonly radiusTried?: boolean;
  readonly set: (spheres: Spheres) => void;
}

/** How large spheres are, and how far apart. */
export function SphereFields({ spheres, spacingLabel, mostSpacingMm, radiusTried = false, set }: Props) {
  const { radiusMm, spacingMm } = spheres;
  return (
    <>
      {!radiusTried && (
        <label>
          radius{" "}
          <input
            type="number"
            min={0.1}
            max={100}
            step={0.5}
            value={radiusMm}
            onChange={(event) => {
              const given = Math.min(100, Math.max(0.1, event.target.valueAsNumber || 0.1));
              set({ radiusMm: given, spacingMm });
            }}
          />{" "}
          mm
        </label>
      )}
      <OptionalNumber
        label={spacingLabel}
        unit="mm apart"
        value={spacingMm}
        start={Math.min(radiusMm, mostSpacingMm)}
        least={0.5}
        most={mostSpacingMm}
        step={0.5}
        blockedBy={null}
        onChange={(given) => set({ radiusMm, spacingMm: given })}
      />
    </>
  );
}
